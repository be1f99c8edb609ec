import * as z from 'zod';
import { AlarmInput } from './alarm-inputs.ts';
import { NewBollard } from './devices.ts';
import { Building, NewCamera, Room } from './evacuation.ts';
import { AssemblyPoint, NewFloor, Warden } from './floors.ts';
import { Space, Zone } from './parking.ts';
import { NewParkingCamera } from './parking-cameras.ts';

/** The registry of a town, as `vigie town import` reads it (YAML) and `PUT /api/v1/town` takes it (JSON). */
export const Town = z.object({
  zones: z.array(Zone).default([]),
  spaces: z.array(Space).default([]),
  bollards: z.array(NewBollard).default([]),
  buildings: z.array(Building).default([]),
  floors: z.array(NewFloor).default([]),
  rooms: z.array(Room).default([]),
  cameras: z.array(NewCamera).default([]),
  parkingCameras: z.array(NewParkingCamera).default([]),
  assemblyPoints: z.array(AssemblyPoint).default([]),
  wardens: z.array(Warden).default([]),
  alarmInputs: z.array(AlarmInput).default([]),
});
export type Town = z.infer<typeof Town>;
