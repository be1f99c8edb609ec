import type { SecondFactorRule } from '@vigie/contracts/accounts';
import { Problem } from '@vigie/contracts/errors';
import {
  NewPasskey,
  OwnPasskey,
  OwnProof,
  PasskeyCreation,
  PasskeyName,
} from '@vigie/contracts/passkeys';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Clock } from '../platform/clock.ts';
import { NotAllowed } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import type { AccountsDriver } from './accounts.driver.ts';
import type { AccountsStore } from './accounts.store.ts';
import { mustKeepSecondFactor } from './duties.ts';
import {
  guessed,
  hasJustSignedIn,
  ownAccountOf,
  type ProofDeps,
  passwordless,
  personOf,
} from './own-account.routes.ts';
import type { PasskeysService } from './passkeys.service.ts';
import { Done, refused } from './sign-in.routes.ts';

interface RouteDeps extends ProofDeps {
  passkeys: Pick<PasskeysService, 'list' | 'requestNew' | 'add' | 'rename' | 'remove'>;
  store: Pick<AccountsStore, 'find' | 'listSessions'>;
  driver: Pick<AccountsDriver, 'provePassword'>;
  secondFactorRule: SecondFactorRule;
  clock: Clock;
}

const config = { access: 'in-person' } as const;
const params = z.object({ id: z.string().max(64) });
const refusals = { '4xx': Problem, '5xx': Problem };
const done = { 200: Done, ...refusals };
const ok = { ok: true } as const;

/** What people do with their own passkeys. */
export function ownPasskeysRoutes(http: Http, deps: RouteDeps): void {
  const { passkeys, secondFactorRule } = deps;
  http.get(
    '/api/v1/me/passkeys',
    { config, schema: { response: { 200: z.array(OwnPasskey) } } },
    (request) => passkeys.list(personOf(request).id),
  );
  http.post(
    '/api/v1/me/passkey-challenges',
    {
      config: { ...config, audit: 'never' },
      schema: { body: OwnProof, response: { 200: PasskeyCreation, ...refusals } },
    },
    async (request) => {
      if ((await ownAccountOf(request, deps)).provider) throw passwordless();
      await provenAgain(request, request.body, deps);
      return passkeys.requestNew(personOf(request));
    },
  );
  http.post(
    '/api/v1/me/passkeys',
    { config: { ...config, audit: 'passkey-added' }, schema: { body: NewPasskey, response: done } },
    async (request) => {
      const { id: userId, sessionId = '' } = personOf(request);
      if ((await ownAccountOf(request, deps)).provider) throw passwordless();
      await passkeys.add({ userId, sessionId }, request.body);
      return ok;
    },
  );
  http.put(
    '/api/v1/me/passkeys/:id',
    {
      config: { ...config, audit: 'passkey-renamed' },
      schema: { params, body: PasskeyName, response: done },
    },
    async (request) => {
      await passkeys.rename(personOf(request).id, request.params.id, request.body.name);
      return ok;
    },
  );
  http.post(
    '/api/v1/me/passkeys/:id/removal',
    {
      config: { ...config, audit: 'passkey-removed' },
      schema: { params, body: OwnProof, response: done },
    },
    async (request) => {
      const account = await ownAccountOf(request, deps);
      await provenAgain(request, request.body, deps);
      const mustKeep = mustKeepSecondFactor(account, secondFactorRule);
      await passkeys.remove(account, request.params.id, mustKeep);
      return ok;
    },
  );
}

/** Somebody else may sit at the open page. @throws NotAuthenticated when the password is wrong; NotAllowed when it is needed. */
async function provenAgain(
  request: FastifyRequest,
  { password }: OwnProof,
  deps: RouteDeps,
): Promise<void> {
  if (password !== undefined) {
    return guessed(request, deps, async () => {
      const answer = await deps.driver.provePassword(request, password);
      if (!answer.ok) throw await refused(answer);
    });
  }
  if (await hasJustSignedIn(request, deps)) return;
  throw new NotAllowed(
    'accounts/sign-in-stale',
    'You signed in more than ten minutes ago: give the password, or sign in again.',
  );
}
