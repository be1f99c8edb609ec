import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Credentials, Permission } from '@vigie/contracts/accounts';
import { Me } from '@vigie/contracts/accounts';
import { SignInAnswer } from '@vigie/contracts/own-account';
import { SignedOut } from '@vigie/contracts/provider';
import { createContext, useContext } from 'react';
import { type Api, ApiError } from '../../platform/api.ts';
import { useApi } from '../../platform/react.tsx';

const meKey = ['me'] as const;

/** `true` when the server says that nobody is signed in. */
export const isSignedOut = (error: unknown): boolean =>
  error instanceof ApiError && error.code === 'accounts/not-signed-in';

export const meQuery = (api: Api) =>
  queryOptions({
    queryKey: meKey,
    queryFn: ({ signal }) => api.get('/me', Me, signal),
    staleTime: 60_000,
  });

/** Asks again who is signed in, after a sign that the session may have ended. */
export const askWhoIsSignedIn = (client: QueryClient): Promise<void> =>
  client.invalidateQueries({ queryKey: meKey });

const MeContext = createContext<Me | undefined>(undefined);
export const MeProvider = MeContext.Provider;

/** Who is signed in. @throws Error outside the gate. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('Nobody is signed in here: the page stands outside the gate.');
  return me;
}

/** Whether the person who is signed in may do something; the server decides again. */
export function useMay(): (permission: Permission) => boolean {
  const { permissions } = useMe();
  return (permission) => permissions.includes(permission);
}

/** An answer that nobody reads. */
export const anything = { parse: (value: unknown) => value };

/** Nothing of one person may be left for the next one. */
export async function begin(client: QueryClient): Promise<void> {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== meKey[0] });
  await askWhoIsSignedIn(client);
}

export function useSignIn() {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (credentials: Credentials) =>
      api.post('/auth/sign-in/username', credentials, SignInAnswer),
    onSuccess: ({ secondFactor }) => (secondFactor ? undefined : begin(client)),
  });
}

export function useSignOut() {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post('/auth/sign-out', {}, SignedOut),
    onSettled: async (done) => {
      await begin(client);
      if (done?.goTo) location.assign(done.goTo);
    },
  });
}
