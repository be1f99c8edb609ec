import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { EvacuationPlan, type FloorChange, FloorView } from '@vigie/contracts/floors';
import type { Town } from '@vigie/contracts/town';
import type { Api } from '../../platform/api.ts';
import { useApi } from '../../platform/react.tsx';
import { refreshBuildings } from '../rooms/index.ts';

export const evacuationPlanQuery = (api: Api) =>
  queryOptions({
    queryKey: ['evacuation-plan'],
    queryFn: ({ signal }) => api.get('/evacuation-plan', EvacuationPlan, signal),
  });

/** Sends something and asks anew for everything that shows floors. */
function useSend<Given, Answer>(send: (api: Api, given: Given) => Promise<Answer>) {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: Given) => send(api, given),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: evacuationPlanQuery(api).queryKey });
      await refreshBuildings(client);
    },
  });
}

/** Keeps all that was changed about a floor in one request. */
export const useChangeFloor = (floorId: string) =>
  useSend((api, change: FloorChange) =>
    api.put(`/floors/${encodeURIComponent(floorId)}`, change, FloorView),
  );

/** Takes the thing at this path out of the registry. */
export const useRemove = () =>
  useSend((api, path: string) => api.delete(path, { parse: () => undefined }));

/** Adds to the registry, or changes what is there: buildings, floors, rooms, assembly points, wardens. */
export const useAddToTown = () =>
  useSend((api, town: Partial<Town>) => api.put('/town', town, { parse: (answer) => answer }));
