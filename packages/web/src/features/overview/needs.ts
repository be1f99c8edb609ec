import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { AlarmInputView } from '@vigie/contracts/alarm-inputs';
import type { Bollard } from '@vigie/contracts/devices';
import type { Drills } from '@vigie/contracts/drills';
import type { RoomView } from '@vigie/contracts/evacuation';
import type { Message } from '@vigie/contracts/notifications';
import type { Case, SpaceView } from '@vigie/contracts/parking';
import type { SetupGap } from '@vigie/contracts/setup';
import { useApi, useNow } from '../../platform/react.tsx';
import { useMay } from '../accounts/index.ts';
import { casesQuery, groupCases } from '../cases/index.ts';
import { drillNeeds, drillsQuery } from '../drills/index.ts';
import { alarmInputsQuery } from '../inputs/index.ts';
import { messagesQuery, needsLook } from '../messages/index.ts';
import { bollardsQuery, groupByNeed, spacesQuery } from '../parking/index.ts';
import { buildingsQuery, faceOfRoom, useViewpoint } from '../rooms/index.ts';
import { gapsQuery } from './gaps.tsx';

/** What waits for somebody, most urgent kind first. */
export interface Needs {
  alarmInputs: AlarmInputView[];
  drills: Drills;
  rooms: RoomView[];
  cases: Case[];
  messages: Message[];
  spaces: SpaceView[];
  bollards: Bollard[];
  gaps: SetupGap[];
}

/** Everything that waits and this account may see, and the queries it comes from. */
export function useNeeds(): { needs: Needs; queries: UseQueryResult<unknown>[] } {
  const api = useApi();
  const may = useMay();
  const view = useViewpoint();
  const nowMs = useNow();
  const alarmInputs = useQuery({ ...alarmInputsQuery(api), enabled: may('devices.read') });
  const drills = useQuery({ ...drillsQuery(api), enabled: may('drills.plan') });
  const buildings = useQuery({ ...buildingsQuery(api), enabled: may('rooms.read') });
  const cases = useQuery({ ...casesQuery(api), enabled: may('parking.handle-cases') });
  const messages = useQuery({ ...messagesQuery(api), enabled: may('messages.read') });
  const spaces = useQuery({ ...spacesQuery(api), enabled: may('parking.read') });
  const bollards = useQuery({ ...bollardsQuery(api), enabled: may('devices.read') });
  const gaps = useQuery({ ...gapsQuery(api), enabled: may('town.write') });
  const rooms = buildings.data?.flatMap((building) => building.rooms) ?? [];
  return {
    queries: [alarmInputs, drills, buildings, cases, messages, spaces, bollards, gaps],
    needs: {
      alarmInputs: (alarmInputs.data ?? []).filter(({ state }) => state === 'fault'),
      drills: drillNeeds(drills.data ?? { due: [], planned: [] }, nowMs),
      // Settling lasts seconds and heals itself: on the wall it is unknown, here it would only flicker.
      rooms: rooms.filter((room) => {
        const face = faceOfRoom(room, view);
        return face.state === 'unknown' && face.reason !== 'settling';
      }),
      cases: groupCases(cases.data ?? []).todo,
      messages: (messages.data ?? []).filter(needsLook),
      // A space that is black has its case above.
      spaces: groupByNeed(spaces.data ?? []).now.filter(
        ({ display }) => display.state !== 'overstay',
      ),
      bollards: (bollards.data ?? []).filter(({ online }) => !online),
      gaps: gaps.data ?? [],
    },
  };
}
