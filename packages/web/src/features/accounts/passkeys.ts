import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  OwnPasskey,
  type OwnProof,
  type PasskeyAssertion,
  PasskeyCreation,
  type PasskeyName,
  PasskeyOffer,
  PasskeyRequest,
} from '@vigie/contracts/passkeys';
import { useEffect } from 'react';
import type { Api } from '../../platform/api.ts';
import { useApi } from '../../platform/react.tsx';
import {
  askForPasskey,
  makePasskey,
  offerPasskeys,
  offersInFields,
  openPage,
} from './authenticator.ts';
import { hindranceOf, type PasskeyHindrance } from './passkey-hindrance.ts';
import { anything, askWhoIsSignedIn, begin } from './session.ts';

const passkeysKey = ['own-passkeys'] as const;

export const passkeysQuery = (api: Api) =>
  queryOptions({
    queryKey: passkeysKey,
    queryFn: ({ signal }) => api.get('/me/passkeys', OwnPasskey.array(), signal),
  });

/** Whether passkeys can be used on this page; `undefined`: the server has not said yet. */
export function usePasskeyOffer():
  | { hindrance: PasskeyHindrance | undefined; origin: string | null }
  | undefined {
  const api = useApi();
  const { data } = useQuery({
    queryKey: ['passkey-offer'],
    queryFn: ({ signal }) => api.get('/auth/passkeys', PasskeyOffer, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data && { hindrance: hindranceOf(data, openPage()), origin: data.origin };
}

const requestFrom = (api: Api): Promise<PasskeyRequest> =>
  api.post('/auth/passkey-challenges', {}, PasskeyRequest);

/** Signs in with a passkey: one that was chosen already, or the browser asks for one. */
export function useEnterWithPasskey() {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (chosen: PasskeyAssertion | undefined) => {
      const assertion = chosen ?? (await askForPasskey(await requestFrom(api)));
      return api.post('/auth/passkeys', assertion, anything);
    },
    onSuccess: () => begin(client),
  });
}

/** A challenge is asked for anew before it is too old. */
const renewMs = 4 * 60_000;

/** Offers passkeys in the field of the name while `isOn`. */
export function usePasskeyField(isOn: boolean, onChosen: (chosen: PasskeyAssertion) => void): void {
  const api = useApi();
  useEffect(() => {
    if (!isOn) return;
    const stop = new AbortController();
    const wait = async () => {
      if (!(await offersInFields())) return;
      while (!stop.signal.aborted) {
        const age = AbortSignal.timeout(renewMs);
        const signal = AbortSignal.any([stop.signal, age]);
        const chosen = await offerPasskeys(await requestFrom(api), signal);
        if (stop.signal.aborted || (!chosen && !age.aborted)) return;
        if (chosen) onChosen(chosen);
      }
    };
    // Without an answer of the server the password remains, and says what is wrong.
    wait().catch(() => undefined);
    return () => stop.abort();
  }, [isOn, api, onChosen]);
}

/** After what changes how one gets in. */
function useChanged() {
  const client = useQueryClient();
  return async () => {
    await client.invalidateQueries({ queryKey: passkeysKey });
    await askWhoIsSignedIn(client);
  };
}

export function useAddPasskey() {
  const api = useApi();
  const changed = useChanged();
  return useMutation({
    mutationFn: async ({ name, proof }: PasskeyName & { proof: OwnProof }) => {
      const creation = await api.post('/me/passkey-challenges', proof, PasskeyCreation);
      const credential = await makePasskey(creation);
      return api.post('/me/passkeys', { name, credential }, anything);
    },
    onSuccess: changed,
  });
}

const pathOf = (id: string) => `/me/passkeys/${encodeURIComponent(id)}`;

export function useRenamePasskey() {
  const api = useApi();
  const changed = useChanged();
  return useMutation({
    mutationFn: ({ id, name }: { id: string; name: string }) =>
      api.put(pathOf(id), { name }, anything),
    onSuccess: changed,
  });
}

export function useRemovePasskey() {
  const api = useApi();
  const changed = useChanged();
  return useMutation({
    mutationFn: ({ id, proof }: { id: string; proof: OwnProof }) =>
      api.post(`${pathOf(id)}/removal`, proof, anything),
    onSuccess: changed,
  });
}
