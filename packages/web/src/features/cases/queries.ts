import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { LiveEvent } from '@vigie/contracts/live';
import { Case, type NewCaseStep } from '@vigie/contracts/parking';
import { type Api, ApiError } from '../../platform/api.ts';
import { useApi } from '../../platform/react.tsx';
import { withCase } from './cases.ts';

const casesKey = ['cases'] as const;
const caseKey = (id: string) => ['case', id] as const;
const pathOf = (id: string) => `/cases/${encodeURIComponent(id)}`;

export const casesQuery = (api: Api) =>
  queryOptions({
    queryKey: casesKey,
    queryFn: ({ signal }) => api.get('/cases', Case.array(), signal),
  });

export const caseQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: caseKey(id),
    queryFn: ({ signal }) => api.get(pathOf(id), Case, signal),
  });

function keep(client: QueryClient, changed: Case): void {
  client.setQueryData<Case[]>(casesKey, (cases) => cases && withCase(cases, changed));
  client.setQueryData<Case>(caseKey(changed.id), changed);
}

/** Takes a live `case` event into the lists. */
export const takeCase = (
  client: QueryClient,
  { data }: Extract<LiveEvent, { name: 'case' }>,
): void => keep(client, data);

export function useStep(caseId: string) {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (step: NewCaseStep) => api.post(`${pathOf(caseId)}/steps`, step, Case),
    onSuccess: (changed) => keep(client, changed),
    onError: (error) => {
      if (error instanceof ApiError && error.status === 409)
        void client.invalidateQueries({ queryKey: caseKey(caseId) });
    },
  });
}
