import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  Bollard,
  BollardWithKey,
  Fault,
  type NewBollard,
  type Replacement,
  UnreadMessage,
} from '@vigie/contracts/devices';
import { InventoryAnswer } from '@vigie/contracts/inventory';
import { ParkingCamera } from '@vigie/contracts/parking-cameras';
import type { WatchedSpace } from '@vigie/contracts/vision';
import type * as z from 'zod';
import type { Api } from '../../platform/api.ts';
import { useApi } from '../../platform/react.tsx';
import { bollardsQuery, spacesQuery } from '../parking/index.ts';

/** Nothing is pushed about devices: what is wrong with them is asked for every half minute, as they are. */
const refetchInterval = 30_000;

export const faultsQuery = (api: Api) =>
  queryOptions({
    queryKey: ['faults'],
    queryFn: ({ signal }) => api.get('/faults', Fault.array(), signal),
    refetchInterval,
  });

export const unreadQuery = (api: Api) =>
  queryOptions({
    queryKey: ['unread-messages'],
    queryFn: ({ signal }) => api.get('/unread-messages', UnreadMessage.array(), signal),
    refetchInterval,
  });

/** Whoever draws waits for the camera's word on what was drawn. */
export const parkingCamerasQuery = (api: Api) =>
  queryOptions({
    queryKey: ['parking-cameras'],
    queryFn: ({ signal }) => api.get('/parking-cameras', ParkingCamera.array(), signal),
    refetchInterval: 5000,
  });

const pathOf = (id: string, what: string) => `/bollards/${encodeURIComponent(id)}/${what}`;

/** A change of the registry, after which the lists are asked for anew. */
function useChange<Given, Taken>(change: (api: Api, given: Given) => Promise<Taken>) {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: Given) => change(api, given),
    onSuccess: () =>
      Promise.all(
        [bollardsQuery(api), spacesQuery(api), faultsQuery(api), parkingCamerasQuery(api)].map(
          ({ queryKey }) => client.invalidateQueries({ queryKey }),
        ),
      ),
  });
}

export const usePair = () =>
  useChange((api, bollard: z.input<typeof NewBollard>) =>
    api.post('/bollards', bollard, BollardWithKey),
  );

export const useReplace = (id: string) =>
  useChange((api, by: Replacement) => api.post(pathOf(id, 'replacement'), by, BollardWithKey));

export const useNewKey = (id: string) =>
  useChange((api, _nothing: undefined) => api.post(pathOf(id, 'key'), {}, BollardWithKey));

export const useRetire = (id: string) =>
  useChange((api, _nothing: undefined) => api.post(pathOf(id, 'retirement'), {}, Bollard));

/** An inventory on its way in. */
interface InventoryFile {
  text: string;
  mediaType: string;
  isDryRun: boolean;
}

export const useInventory = () =>
  useChange((api, { isDryRun, ...file }: InventoryFile) =>
    api.putFile(`/bollards?dry-run=${isDryRun}`, file, InventoryAnswer),
  );

const cameraPath = (id: string) => `/parking-cameras/${encodeURIComponent(id)}`;

export const useConfirmView = (id: string) =>
  useChange((api, _nothing: undefined) =>
    api.post(`${cameraPath(id)}/confirm-view`, {}, ParkingCamera),
  );

export const useDrawSpaces = (id: string) =>
  useChange((api, spaces: readonly WatchedSpace[]) =>
    api.put(`${cameraPath(id)}/spaces`, spaces, ParkingCamera),
  );
