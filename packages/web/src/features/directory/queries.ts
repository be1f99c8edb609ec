import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  DirectoryCheck,
  DirectoryPreview,
  DirectoryView,
  type GroupRole,
} from '@vigie/contracts/directory';
import type { Api } from '../../platform/api.ts';
import { useApi } from '../../platform/react.tsx';

const directoryKey = ['directory'] as const;

/** Asked for when the page opens, and not beneath the hands of whoever is changing the table. */
export const directoryQuery = (api: Api) =>
  queryOptions({
    queryKey: directoryKey,
    queryFn: ({ signal }) => api.get('/directory', DirectoryView, signal),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: 'always',
    refetchOnReconnect: false,
    refetchOnWindowFocus: false,
  });

/** An act whose answer is the directory as it then is. */
function useViewAct<V>(act: (api: Api, given: V) => Promise<DirectoryView>) {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: V) => act(api, given),
    onSuccess: (view) => client.setQueryData(directoryKey, view),
  });
}

export const useSaveGroups = () =>
  useViewAct((api, change: { version: number; groups: GroupRole[] }) =>
    api.put('/directory/groups', change, DirectoryView),
  );

export const useCompareNow = () =>
  useViewAct((api, _given: undefined) => api.post('/directory/refreshes', {}, DirectoryView));

export function useCheckPerson() {
  const api = useApi();
  return useMutation({
    mutationFn: (username: string) => api.post('/directory/checks', { username }, DirectoryCheck),
  });
}

export function usePreview() {
  const api = useApi();
  return useMutation({
    mutationFn: (groups: GroupRole[]) =>
      api.post('/directory/previews', { groups }, DirectoryPreview),
  });
}
