import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { Commissioning, type Label } from '@vigie/contracts/commissioning';
import type { Api } from '../../platform/api.ts';
import { useApi } from '../../platform/react.tsx';
import { refreshBuildings } from '../rooms/index.ts';

const pathOf = (cameraId: string, what: string) =>
  `/cameras/${encodeURIComponent(cameraId)}/${what}`;

export const commissioningQuery = (api: Api, cameraId: string) =>
  queryOptions({
    queryKey: ['commissioning', cameraId],
    queryFn: ({ signal }) => api.get(pathOf(cameraId, 'commissioning'), Commissioning, signal),
  });

/** A change of a camera's measurement; the rooms that show it are asked for anew. */
function useChange<Given>(
  cameraId: string,
  change: (api: Api, given: Given) => Promise<Commissioning>,
) {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: Given) => change(api, given),
    onSuccess: (now) => {
      client.setQueryData(commissioningQuery(api, cameraId).queryKey, now);
      return refreshBuildings(client);
    },
  });
}

export const useLabel = (cameraId: string) =>
  useChange(cameraId, (api, label: Label) =>
    api.post(pathOf(cameraId, 'moments'), { moments: [label] }, Commissioning),
  );

export const useDrop = (cameraId: string) =>
  useChange(cameraId, (api, momentId: string) =>
    api.delete(pathOf(cameraId, `moments/${encodeURIComponent(momentId)}`), Commissioning),
  );

export const useConfirmView = (cameraId: string) =>
  useChange(cameraId, (api, _nothing: undefined) =>
    api.post(pathOf(cameraId, 'confirm-view'), {}, Commissioning),
  );
