import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  BackupCodes,
  type OwnPassword,
  OwnSecondFactor,
  OwnSession,
  type PasswordChange,
  type SecondFactorCode,
  SecondFactorSetup,
  type TotpCode,
} from '@vigie/contracts/own-account';
import type { Api } from '../../platform/api.ts';
import { useApi } from '../../platform/react.tsx';
import { anything, askWhoIsSignedIn, begin } from './session.ts';

const sessionsKey = ['own-sessions'] as const;

export const sessionsQuery = (api: Api) =>
  queryOptions({
    queryKey: sessionsKey,
    queryFn: ({ signal }) => api.get('/me/sessions', OwnSession.array(), signal),
  });

const secondFactorKey = ['own-second-factor'] as const;

export const secondFactorQuery = (api: Api) =>
  queryOptions({
    queryKey: secondFactorKey,
    queryFn: ({ signal }) => api.get('/me/second-factor', OwnSecondFactor, signal),
  });

/** Draws new backup codes; the old ones end. */
export function useRenewBackupCodes() {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (password: OwnPassword) =>
      api.post('/me/second-factor/backup-codes', password, BackupCodes),
    onSuccess: () => client.invalidateQueries({ queryKey: secondFactorKey }),
  });
}

/** The code after the password. */
export function useSecondFactor() {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (code: SecondFactorCode) => api.post('/auth/second-factor', code, anything),
    onSuccess: () => begin(client),
  });
}

export function useChangePassword() {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: PasswordChange) => api.post('/me/password', change, anything),
    onSuccess: async () => {
      await askWhoIsSignedIn(client);
      await client.invalidateQueries({ queryKey: sessionsKey });
    },
  });
}

/** Draws a secret; it counts only when a code of it is confirmed. */
export function useSetUpSecondFactor() {
  const api = useApi();
  return useMutation({
    mutationFn: (password: OwnPassword) =>
      api.post('/me/second-factor', password, SecondFactorSetup),
  });
}

export function useConfirmSecondFactor() {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (code: TotpCode) => api.post('/me/second-factor/confirmation', code, anything),
    onSuccess: () => askWhoIsSignedIn(client),
  });
}

export function useRemoveSecondFactor() {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (password: OwnPassword) =>
      api.post('/me/second-factor/removal', password, anything),
    onSuccess: () => askWhoIsSignedIn(client),
  });
}

export function useEndSession() {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(`/me/sessions/${encodeURIComponent(id)}`, anything),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsKey }),
  });
}
