import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  Account,
  type AccountChange,
  AccountReset,
  type AccountResetWish,
  AccountWithPassword,
  type NewAccount,
} from '@vigie/contracts/accounts';
import { ApiToken, ApiTokenWithKey, type NewApiToken } from '@vigie/contracts/api-tokens';
import type { ProviderInvitation } from '@vigie/contracts/provider';
import type { Api } from '../../platform/api.ts';
import { useApi } from '../../platform/react.tsx';

const accountsKey = ['accounts'] as const;
const tokensKey = ['tokens'] as const;
const anything = { parse: (value: unknown) => value };

export const accountsQuery = (api: Api) =>
  queryOptions({
    queryKey: accountsKey,
    queryFn: ({ signal }) => api.get('/accounts', Account.array(), signal),
  });

export const tokensQuery = (api: Api) =>
  queryOptions({
    queryKey: tokensKey,
    queryFn: ({ signal }) => api.get('/tokens', ApiToken.array(), signal),
  });

/** Acts on something and asks for its list again. */
function useAct<V, R>(key: readonly string[], act: (api: Api, given: V) => Promise<R>) {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: V) => act(api, given),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}

const pathOf = (id: string) => `/accounts/${encodeURIComponent(id)}`;

export const useInvite = () =>
  useAct(accountsKey, (api, account: NewAccount) =>
    api.post('/accounts', account, AccountWithPassword),
  );

export const useInviteByProvider = () =>
  useAct(accountsKey, (api, invitation: ProviderInvitation) =>
    api.post('/accounts/invitations', invitation, Account),
  );

export const useChangeAccount = (id: string) =>
  useAct(accountsKey, (api, change: AccountChange) => api.put(pathOf(id), change, Account));

export const useReset = (id: string) =>
  useAct(accountsKey, (api, wish: AccountResetWish) =>
    api.post(`${pathOf(id)}/reset`, wish, AccountReset),
  );

export const useDrawToken = () =>
  useAct(tokensKey, (api, token: NewApiToken) => api.post('/tokens', token, ApiTokenWithKey));

export const useRevokeToken = () =>
  useAct(tokensKey, (api, id: string) => api.delete(`/tokens/${encodeURIComponent(id)}`, anything));
