import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { BuildingView, type RoomState, RoomView } from '@vigie/contracts/evacuation';
import type { LiveEvent } from '@vigie/contracts/live';
import type { Api } from '../../platform/api.ts';
import { useApi, useConnection, useNow } from '../../platform/react.tsx';
import type { Viewpoint } from './face.ts';

const buildingsKey = ['buildings'] as const;

export const buildingsQuery = (api: Api) =>
  queryOptions({
    queryKey: buildingsKey,
    queryFn: ({ signal }) => api.get('/buildings', BuildingView.array(), signal),
  });

/** Asks again for the buildings, e.g. when an incident begins or ends. */
export const refreshBuildings = (client: QueryClient): Promise<void> =>
  client.invalidateQueries({ queryKey: buildingsKey });

/** The buildings with one room's state replaced. */
const withRoomState = (buildings: readonly BuildingView[], live: RoomState): BuildingView[] =>
  buildings.map((building) =>
    building.rooms.some(({ id }) => id === live.roomId)
      ? {
          ...building,
          rooms: building.rooms.map((room) => (room.id === live.roomId ? { ...room, live } : room)),
        }
      : building,
  );

/** Takes a live `room` event into the buildings. */
export function takeRoom(
  client: QueryClient,
  { data }: Extract<LiveEvent, { name: 'room' }>,
): void {
  client.setQueryData<BuildingView[]>(
    buildingsKey,
    (buildings) => buildings && withRoomState(buildings, data),
  );
}

/** Says, by one's name, that nobody is in the room: the count at its doors begins anew. */
export function useDeclareEmpty(roomId: string) {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post(`/rooms/${encodeURIComponent(roomId)}/known-empty`, {}, RoomView),
    onSuccess: () => refreshBuildings(client),
  });
}

/** From where rooms are judged, once a second. */
export function useViewpoint(): Viewpoint {
  const nowMs = useNow();
  const { late } = useConnection();
  return { nowMs, isLate: late };
}
