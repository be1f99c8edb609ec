import {
  type QueryClient,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { AlarmInputView } from '@vigie/contracts/alarm-inputs';
import {
  Board,
  type EndIncident,
  Incident,
  type IncidentKind,
  type RoomView,
} from '@vigie/contracts/evacuation';
import { BoardPlan } from '@vigie/contracts/floors';
import type { LiveEvent } from '@vigie/contracts/live';
import { BoardLink, NewBoardLink, type NewOverride, Override } from '@vigie/contracts/sweeps';
import type { Api } from '../../platform/api.ts';
import { useApi } from '../../platform/react.tsx';
import { useMay } from '../accounts/index.ts';
import { buildingsQuery, refreshBuildings } from '../rooms/index.ts';
import { activeOf, withIncident, withLiveRoom } from './board.ts';
import type { PlanOnBoard } from './board-floors.ts';

const incidentsKey = ['incidents'] as const;
const boardsKey = ['board'] as const;
const pathOf = (id: string) => `/incidents/${encodeURIComponent(id)}`;

const incidentsQuery = (api: Api) =>
  queryOptions({
    queryKey: incidentsKey,
    queryFn: ({ signal }) => api.get('/incidents', Incident.array(), signal),
    // The banner must not hang on one stream alone.
    refetchInterval: 30_000,
  });

/** A module that falls silent shows within seconds. */
export const alarmInputsQuery = (api: Api) =>
  queryOptions({
    queryKey: ['alarm-inputs'],
    queryFn: ({ signal }) => api.get('/alarm-inputs', AlarmInputView.array(), signal),
    refetchInterval: 3000,
  });

export const boardQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: [...boardsKey, id],
    queryFn: ({ signal }) => api.get(`${pathOf(id)}/board`, Board, signal),
    refetchInterval: 5000,
    refetchIntervalInBackground: true,
  });

const boardPlanQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['board-plan', id],
    queryFn: ({ signal }) => api.get(`${pathOf(id)}/plan`, BoardPlan, signal),
  });

/**
 * The incidents that go on, gravest first; none for those who have no right to see them. `isKnown` is false until
 * the server has answered for the first time.
 */
export function useActiveIncidents(): { incidents: Incident[]; isKnown: boolean } {
  const canRead = useMay()('rooms.read');
  const { data, isError } = useQuery({ ...incidentsQuery(useApi()), enabled: canRead });
  return { incidents: activeOf(data ?? []), isKnown: !canRead || isError || data !== undefined };
}

function keep(client: QueryClient, incident: Incident): void {
  client.setQueryData<Incident[]>(
    incidentsKey,
    (incidents) => incidents && withIncident(incidents, incident),
  );
  client.setQueryData<Board>(
    [...boardsKey, incident.id],
    (board) => board && { ...board, incident },
  );
  void refreshBuildings(client);
}

type Taken<Name extends LiveEvent['name']> = Extract<LiveEvent, { name: Name }>;

/** Takes a live `incident` event. */
export const takeIncident = (client: QueryClient, { data }: Taken<'incident'>): void =>
  keep(client, data);

/** Takes a live `board` event. */
export const takeBoard = (client: QueryClient, { data }: Taken<'board'>): void => {
  client.setQueryData<Board>([...boardsKey, data.incident.id], data);
};

/** Takes a live `room` event into the boards that are open: between two boards a room stays young. */
export const takeRoomOnBoards = (client: QueryClient, { data }: Taken<'room'>): void => {
  client.setQueriesData<Board>(
    { queryKey: boardsKey },
    (board) => board && withLiveRoom(board, data),
  );
};

export function useSoundAlarm() {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ buildingId, kind }: { buildingId: string; kind: IncidentKind }) =>
      api.post(`/buildings/${encodeURIComponent(buildingId)}/incidents`, { kind }, Incident),
    onSuccess: (incident) => keep(client, incident),
  });
}

export function useEndIncident(id: string) {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: EndIncident) => api.post(`${pathOf(id)}/end`, body, Incident),
    onSuccess: (incident) => keep(client, incident),
  });
}

/** Answers for a room by name and reason; the board that follows says so. */
export function useOverride(incidentId: string) {
  const api = useApi();
  return useMutation({
    mutationFn: (body: NewOverride) => api.post(`${pathOf(incidentId)}/overrides`, body, Override),
  });
}

const linksPath = (incidentId: string) => `${pathOf(incidentId)}/board-links`;
const linksKey = (incidentId: string) => ['board-links', incidentId] as const;

export const linksQuery = (api: Api, incidentId: string) =>
  queryOptions({
    queryKey: linksKey(incidentId),
    queryFn: ({ signal }) => api.get(linksPath(incidentId), BoardLink.array(), signal),
  });

export function useDrawLink(incidentId: string) {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post(linksPath(incidentId), {}, NewBoardLink),
    onSuccess: () => client.invalidateQueries({ queryKey: linksKey(incidentId) }),
  });
}

export function useRevokeLink(incidentId: string) {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      api.delete(`${linksPath(incidentId)}/${encodeURIComponent(id)}`, { parse: () => null }),
    onSettled: () => client.invalidateQueries({ queryKey: linksKey(incidentId) }),
  });
}

/** The board that a link opens, asked for every two seconds: there is no stream without an account. */
export const linkedBoardQuery = (api: Api, token: string) =>
  queryOptions({
    queryKey: ['linked-board', token],
    queryFn: ({ signal }) =>
      api.get(`/board-by-link?token=${encodeURIComponent(token)}`, Board, signal),
    refetchInterval: 2000,
    refetchIntervalInBackground: true,
  });

export const linkedPlanQuery = (api: Api, token: string) =>
  queryOptions({
    queryKey: ['linked-plan', token],
    queryFn: ({ signal }) =>
      api.get(`/board-by-link/plan?token=${encodeURIComponent(token)}`, BoardPlan, signal),
  });

/** The plan that goes with the board of an incident; `undefined` until it is there. */
export function useBoardPlan(incidentId: string): PlanOnBoard | undefined {
  const plan = useQuery(boardPlanQuery(useApi(), incidentId)).data;
  const canDraw = useMay()('town.write');
  return plan && { ...plan, canDraw, pictures: { under: `/api/v1${pathOf(incidentId)}` } };
}

/** The cameras of each room; none while they are not known. */
export function useCameras(): (roomId: string) => RoomView['cameras'] {
  const buildings = useQuery(buildingsQuery(useApi())).data ?? [];
  const cameras = new Map(
    buildings.flatMap(({ rooms }) => rooms.map((room) => [room.id, room.cameras])),
  );
  return (roomId) => cameras.get(roomId) ?? [];
}
