import type { Account } from '@vigie/contracts/accounts';
import { Problem } from '@vigie/contracts/errors';
import { PasskeyAssertion, PasskeyOffer, PasskeyRequest } from '@vigie/contracts/passkeys';
import type { AuditLog } from '../platform/audit.ts';
import type { Clock } from '../platform/clock.ts';
import type { Http } from '../platform/http.ts';
import type { AccountsDriver } from './accounts.driver.ts';
import type { AccountsStore } from './accounts.store.ts';
import type { DirectoryPeople } from './directory-people.service.ts';
import { isForgotten } from './forgotten.ts';
import { type PasskeysService, passkeyRefused } from './passkeys.service.ts';
import { Done, passCookies, signInRecord } from './sign-in.routes.ts';
import type { Attempt, SignInThrottle } from './sign-in-throttle.service.ts';

interface RouteDeps {
  passkeys: Pick<PasskeysService, 'offer' | 'requestSignIn' | 'find' | 'prove'>;
  store: Pick<AccountsStore, 'find'>;
  throttle: Pick<SignInThrottle, 'begin'>;
  driver: Pick<AccountsDriver, 'openSession'>;
  audit: Pick<AuditLog, 'write'>;
  people: Pick<DirectoryPeople, 'recheck'>;
  /** Sessions go on for so long after the directory last answered. */
  graceMs: number;
  clock: Clock;
}

/** As one page open at the door asks, and then some. */
const perMinute = 60;

/** Under this name attempts count with passkeys that nobody has. No user name has a space. */
const nobody = 'unknown passkey';

/** Signing in with a passkey: it stands for the password and the second factor. */
export function passkeySignInRoutes(http: Http, deps: RouteDeps): void {
  const { passkeys, store, throttle } = deps;
  const signIns = signInRecord(deps);
  http.get(
    '/api/v1/auth/passkeys',
    { config: { access: 'public' }, schema: { response: { 200: PasskeyOffer } } },
    async () => passkeys.offer(),
  );
  http.post(
    '/api/v1/auth/passkey-challenges',
    {
      config: { access: 'public', audit: 'never', perMinute },
      schema: { response: { 200: PasskeyRequest, '4xx': Problem } },
    },
    () => passkeys.requestSignIn(),
  );
  http.post(
    '/api/v1/auth/passkeys',
    {
      config: { access: 'public', audit: 'inside' },
      schema: { body: PasskeyAssertion, response: { 200: Done, '4xx': Problem, '5xx': Problem } },
    },
    async (request, reply) => {
      const passkey = await passkeys.find(request.body);
      const holder = passkey && (await store.find(passkey.userId));
      const account = await signIns.orRefusal(request, holder, async () => {
        const username = holder?.username ?? nobody;
        const attempt = await throttle.begin({ username, address: request.ip });
        await passkeys.prove(request.body, passkey);
        const account = await mayEnter(holder, attempt, deps);
        await attempt.pass();
        return account;
      });
      const entrance = { byPasskey: true, isVouched: false };
      passCookies(await deps.driver.openSession(request, account.id, entrance), reply);
      await signIns.passed(request, account, 'passkey');
      return { ok: true as const };
    },
  );
}

/** The account as it is now. @throws NotAuthenticated; Unavailable, and then the attempt was none. */
async function mayEnter(
  holder: Account | undefined,
  attempt: Pick<Attempt, 'cancel'>,
  { people, store, clock, graceMs }: Pick<RouteDeps, 'people' | 'store' | 'clock' | 'graceMs'>,
): Promise<Account> {
  // Whoever left the town's provider must not come in past it.
  if (!holder || holder.isDisabled || holder.provider) throw passkeyRefused();
  try {
    await people.recheck(holder.id);
  } catch (error) {
    await attempt.cancel();
    throw error;
  }
  const account = await store.find(holder.id);
  if (!account || account.isDisabled || isForgotten(account, clock.now(), graceMs))
    throw passkeyRefused();
  return account;
}
