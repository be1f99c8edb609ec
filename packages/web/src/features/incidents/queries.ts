import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { IncidentLine } from '@vigie/contracts/evacuation';
import { IncidentReport, type RegisterFilter, SafetyRegister } from '@vigie/contracts/report';
import type { Api } from '../../platform/api.ts';
import { useApi } from '../../platform/react.tsx';

const pathOf = (id: string) => `/incidents/${encodeURIComponent(id)}`;
const reportKey = (id: string) => ['report', id] as const;

/** The report of an incident; while it goes on it grows. */
export const reportQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: reportKey(id),
    queryFn: ({ signal }) => api.get(`${pathOf(id)}/report`, IncidentReport, signal),
    refetchInterval: ({ state }) => (state.data?.incident.endedAt ? false : 10_000),
  });

/** The query of a filter, without what is not asked for. */
export const filterText = (filter: RegisterFilter & { language?: string }): string =>
  new URLSearchParams(
    Object.entries(filter).filter((entry): entry is [string, string] => Boolean(entry[1])),
  ).toString();

export const registerQuery = (api: Api, filter: RegisterFilter) =>
  queryOptions({
    queryKey: ['safety-register', filter],
    queryFn: ({ signal }) =>
      api.get(`/safety-register?${filterText(filter)}`, SafetyRegister, signal),
  });

/** Adds to an incident what nothing takes back; the report comes again. */
function useAdding<T>(id: string, part: 'observations' | 'signatures') {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: T) => api.post(`${pathOf(id)}/${part}`, body, IncidentLine),
    onSuccess: () => client.invalidateQueries({ queryKey: reportKey(id) }),
  });
}

export const useObserve = (id: string) => useAdding<{ text: string }>(id, 'observations');
export const useSign = (id: string) => useAdding<object>(id, 'signatures');
