import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { Drills, type NewDrill, PlannedDrill } from '@vigie/contracts/drills';
import { Incident } from '@vigie/contracts/evacuation';
import type { Api } from '../../platform/api.ts';
import { useApi } from '../../platform/react.tsx';

const drillsKey = ['drills'] as const;

/** Nothing is pushed about plans: a drill whose hour has come is found within twenty seconds. */
export const drillsQuery = (api: Api) =>
  queryOptions({
    queryKey: drillsKey,
    queryFn: ({ signal }) => api.get('/drills', Drills, signal),
    refetchInterval: 20_000,
  });

const pathOf = (buildingId: string) => `/buildings/${encodeURIComponent(buildingId)}/drills`;

/** What is written in; `id` unset: a new plan. */
export interface DrillEntry extends NewDrill {
  buildingId: string;
  id?: string | undefined;
}

type Known = Pick<PlannedDrill, 'buildingId' | 'id'>;

/** Plans, changes, cancels or begins a drill; the lists come again. */
export function useDrills() {
  const api = useApi();
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: drillsKey });
  return {
    save: useMutation({
      mutationFn: ({ buildingId, id, ...drill }: DrillEntry) =>
        id === undefined
          ? api.post(pathOf(buildingId), drill, PlannedDrill)
          : api.put(`${pathOf(buildingId)}/${id}`, drill, PlannedDrill),
      onSettled,
    }),
    cancel: useMutation({
      mutationFn: ({ buildingId, id }: Known) =>
        api.delete(`${pathOf(buildingId)}/${id}`, { parse: () => null }),
      onSettled,
    }),
    start: useMutation({
      mutationFn: ({ buildingId, id }: Known) =>
        api.post(`${pathOf(buildingId)}/${id}/start`, {}, Incident),
      onSettled,
    }),
  };
}
