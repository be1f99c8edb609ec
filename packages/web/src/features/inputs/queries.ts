import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  type AlarmInput,
  type AlarmInputSettings,
  AlarmInputTrial,
  AlarmInputView,
} from '@vigie/contracts/alarm-inputs';
import type { Api } from '../../platform/api.ts';
import { useApi } from '../../platform/react.tsx';

const inputsKey = ['alarm-inputs'] as const;

/**
 * The contacts of fire panels. A fault shows five seconds after the last answer, and here at most three later: whoever
 * administers sees it within ten.
 */
export const alarmInputsQuery = (api: Api) =>
  queryOptions({
    queryKey: inputsKey,
    queryFn: ({ signal }) => api.get('/alarm-inputs', AlarmInputView.array(), signal),
    refetchInterval: 3000,
  });

const pathOf = (id: string) => `/alarm-inputs/${encodeURIComponent(id)}`;

/** Keeps, removes or tries a contact; the list comes again. */
export function useInputs() {
  const api = useApi();
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: inputsKey });
  return {
    keep: useMutation({
      mutationFn: ({ id, ...settings }: AlarmInput) =>
        api.put(pathOf(id), settings, AlarmInputView),
      onSuccess,
    }),
    remove: useMutation({
      mutationFn: (id: string) => api.delete(pathOf(id), { parse: () => null }),
      onSuccess,
    }),
    trial: useMutation({
      mutationFn: (settings: AlarmInputSettings) =>
        api.post('/alarm-input-trials', settings, AlarmInputTrial),
    }),
  };
}
