import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  type AlarmInput,
  type AlarmInputSettings,
  AlarmInputTrial,
  AlarmInputView,
} from '@vigie/contracts/alarm-inputs';
import { DeviceKey, DrawnDeviceKey } from '@vigie/contracts/devices';
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

const keysKey = ['device-keys'] as const;

/** Who has a key of the bus and is no bollard. */
export const deviceKeysQuery = (api: Api) =>
  queryOptions({
    queryKey: keysKey,
    queryFn: ({ signal }) => api.get('/device-keys', DeviceKey.array(), signal),
  });

/** Draws or ends the key of the panel of a building; the list comes again. */
export function usePanelKey(buildingId: string) {
  const api = useApi();
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: keysKey });
  return {
    draw: useMutation({
      mutationFn: () => api.post('/device-keys', { kind: 'panel', id: buildingId }, DrawnDeviceKey),
      onSuccess,
    }),
    end: useMutation({
      mutationFn: () =>
        api.delete(`/device-keys/panel/${encodeURIComponent(buildingId)}`, { parse: () => null }),
      onSuccess,
    }),
  };
}
