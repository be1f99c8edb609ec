import { type Bollard, cameraModel } from '@vigie/contracts/devices';
import { Problem } from '@vigie/contracts/errors';
import { Town } from '@vigie/contracts/town';
import * as z from 'zod';
import type { Devices } from './devices/index.ts';
import type { Evacuation } from './evacuation/index.ts';
import type { Parking } from './parking/index.ts';
import { type Actor, type AuditLog, systemActor } from './platform/audit.ts';
import type { Database } from './platform/database.ts';
import { actorOf, type Http } from './platform/http.ts';

/** Keys that were drawn for new bollards: shown once. */
export const ImportResult = z.object({
  bollardKeys: z.array(z.object({ id: z.string(), key: z.string() })),
});
export type ImportResult = z.infer<typeof ImportResult>;

interface TownDeps {
  db: Database;
  audit: Pick<AuditLog, 'record'>;
  parking: Parking;
  devices: Devices;
  evacuation: Evacuation;
}

/** Adds or changes everything that the registry names, in one transaction, and shows it; removes nothing. */
export function createTownImport({ db, audit, parking, devices, evacuation }: TownDeps) {
  return async (town: Town, actor: Actor = systemActor): Promise<ImportResult> => {
    await parking.prepare(town.zones);
    const bollardKeys = await db.transaction(async (tx) => {
      await parking.importTown(town, tx);
      await evacuation.importTown(town, tx);
      await devices.importParkingCameras(town.parkingCameras, tx);
      const keys = await devices.importBollards(town.bollards, tx);
      await audit.record({ actor, act: 'change', subject: 'town', details: countsOf(town) }, tx);
      return keys;
    });
    await parking.showAgain();
    await evacuation.publishAfterImport();
    await devices.publishParkingCameras();
    return { bollardKeys };
  };
}

/** The town as it would be imported: without the keys of bollards, and with addresses of cameras that only this town opens. */
export function createTownExport({ parking, devices, evacuation }: Omit<TownDeps, 'db' | 'audit'>) {
  return async (): Promise<Town> => ({
    ...(await parking.exportTown()),
    bollards: (await devices.listBollards()).flatMap(exportedBollard),
    parkingCameras: devices.exportParkingCameras(),
    ...(await evacuation.exportTown()),
  });
}

/** How many things of each kind a file names. */
const countsOf = (town: Town): Record<string, number> =>
  Object.fromEntries(Object.entries(town).map(([kind, list]) => [kind, list.length]));

/** Nothing for one that stands nowhere, or that stands for a camera. */
function exportedBollard(bollard: Bollard): Town['bollards'] {
  const { id, spaceId, spaceIds, model, deviceEui, heartbeatMs } = bollard;
  if (spaceId === null || model === cameraModel) return [];
  const alsoServes = spaceIds.filter((one) => one !== spaceId);
  const rest = { ...(deviceEui ? { deviceEui } : {}), ...(heartbeatMs ? { heartbeatMs } : {}) };
  return [{ id, spaceId, alsoServes, model, ...rest }];
}

interface TownActs {
  importTown: (town: Town, actor: Actor) => Promise<ImportResult>;
  exportTown: () => Promise<Town>;
}

export function townRoutes(http: Http, { importTown, exportTown }: TownActs): void {
  http.get(
    '/api/v1/town',
    {
      config: { access: 'town.write', audit: 'export' },
      schema: { response: { 200: Town, '4xx': Problem } },
    },
    () => exportTown(),
  );
  http.put(
    '/api/v1/town',
    {
      config: { access: 'town.write', audit: 'inside' },
      bodyLimit: 64 * 1_048_576,
      schema: { body: Town, response: { 200: ImportResult, '4xx': Problem } },
    },
    (request) => importTown(request.body, actorOf(request)),
  );
}
