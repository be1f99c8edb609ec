import {
  type QueryClient,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { Bollard } from '@vigie/contracts/devices';
import type { LiveEvent } from '@vigie/contracts/live';
import {
  Exemption,
  type NewExemption,
  PaletteView,
  Space,
  SpaceDetail,
  SpaceView,
  Zone,
} from '@vigie/contracts/parking';
import { SpaceSensor } from '@vigie/contracts/parking-statistics';
import { ParkingClock } from '@vigie/contracts/time';
import type { Api } from '../../platform/api.ts';
import { parkingTime } from '../../platform/clock.ts';
import { useApi, useNow } from '../../platform/react.tsx';
import { withSpace } from './spaces.ts';

const spacesKey = ['spaces'] as const;
const spaceKey = (id: string) => ['space', id] as const;
const exemptionsKey = (spaceId: string) => ['exemptions', spaceId] as const;

export const spacesQuery = (api: Api) =>
  queryOptions({
    queryKey: spacesKey,
    queryFn: ({ signal }) => api.get('/spaces', SpaceView.array(), signal),
  });

/** Asked for every half minute too: a sign of life that changes nothing is not pushed. */
export const spaceQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: spaceKey(id),
    queryFn: ({ signal }) => api.get(`/spaces/${encodeURIComponent(id)}`, SpaceDetail, signal),
    refetchInterval: 30_000,
  });

const exemptionsPath = (spaceId: string) => `/spaces/${encodeURIComponent(spaceId)}/exemptions`;

/** Authorised stays of a space, newest first. */
export const exemptionsQuery = (api: Api, spaceId: string) =>
  queryOptions({
    queryKey: exemptionsKey(spaceId),
    queryFn: ({ signal }) => api.get(exemptionsPath(spaceId), Exemption.array(), signal),
  });

/** Gives and withdraws authorised stays of a space. */
export function useExemptions(spaceId: string) {
  const api = useApi();
  const client = useQueryClient();
  const onSuccess = () => {
    void client.invalidateQueries({ queryKey: exemptionsKey(spaceId) });
    void client.invalidateQueries({ queryKey: spaceKey(spaceId) });
  };
  const give = useMutation({
    mutationFn: (given: NewExemption) => api.post(exemptionsPath(spaceId), given, Exemption),
    onSuccess,
  });
  const withdraw = useMutation({
    mutationFn: (id: string) =>
      api.delete(`${exemptionsPath(spaceId)}/${encodeURIComponent(id)}`, Exemption),
    onSuccess,
  });
  return { give, withdraw };
}

/** The spaces around one; where they lie does not change while we look. */
export const neighboursQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['neighbours', id],
    queryFn: ({ signal }) =>
      api.get(`/spaces/${encodeURIComponent(id)}/neighbours`, Space.array(), signal),
    staleTime: 300_000,
  });

/** Asked for every half minute while it is looked at, as the bollards are. */
export const sensorsQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['sensors', id],
    queryFn: ({ signal }) =>
      api.get(`/spaces/${encodeURIComponent(id)}/sensors`, SpaceSensor.array(), signal),
    refetchInterval: 30_000,
  });

/** The colours of a period. They never change while we look. */
export const paletteQuery = (api: Api, allowedDays: number) =>
  queryOptions({
    queryKey: ['palette', allowedDays],
    queryFn: ({ signal }) => api.get(`/palettes/${allowedDays}`, PaletteView, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const zonesQuery = (api: Api) =>
  queryOptions({
    queryKey: ['zones'],
    queryFn: ({ signal }) => api.get('/zones', Zone.array(), signal),
    staleTime: 300_000,
  });

/** Nothing is pushed about bollards: their state is asked for every half minute while it is looked at. */
export const bollardsQuery = (api: Api) =>
  queryOptions({
    queryKey: ['bollards'],
    queryFn: ({ signal }) => api.get('/bollards', Bollard.array(), signal),
    refetchInterval: 30_000,
  });

const parkingClockQuery = (api: Api) =>
  queryOptions({
    queryKey: ['parking-clock'],
    queryFn: async ({ signal }) => {
      const askedMs = Date.now();
      const clock = await api.get('/clock', ParkingClock, signal);
      return { clock, takenAtMs: (askedMs + Date.now()) / 2 };
    },
    refetchInterval: 60_000,
  });

/** The parking clock in epoch milliseconds, once a second of ours; the real time until it is known. */
export function useParkingNow(): number {
  const reading = useQuery(parkingClockQuery(useApi()));
  const realNow = useNow();
  return reading.data ? parkingTime(reading.data, Date.now()) : realNow;
}

/** Seconds of parking time per real second; `undefined` until it is known. */
export const useParkingRate = (): number | undefined =>
  useQuery(parkingClockQuery(useApi())).data?.clock.rate;

/** Takes a live `space` event into the lists. A changed state may end or begin a stay: the details are fetched. */
export function takeSpace(
  client: QueryClient,
  { data }: Extract<LiveEvent, { name: 'space' }>,
): void {
  client.setQueryData<SpaceView[]>(spacesKey, (spaces) => spaces && withSpace(spaces, data));
  const detail = client.getQueryData<SpaceDetail>(spaceKey(data.id));
  if (!detail) return;
  client.setQueryData<SpaceDetail>(spaceKey(data.id), { ...detail, ...data });
  const { state, since } = detail.display;
  if (state !== data.display.state || since !== data.display.since || detail.caseId !== data.caseId)
    void client.invalidateQueries({ queryKey: spaceKey(data.id) });
}
