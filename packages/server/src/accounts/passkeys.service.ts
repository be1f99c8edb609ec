import { randomUUID } from 'node:crypto';
import type { Account } from '@vigie/contracts/accounts';
import type {
  NewPasskey,
  OwnPasskey,
  PasskeyAssertion,
  PasskeyCreation,
  PasskeyOffer,
  PasskeyRequest,
} from '@vigie/contracts/passkeys';
import type { Clock } from '../platform/clock.ts';
import { Conflict, messageOf, NotAuthenticated, NotFound } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import { challengeMs, type PasskeyPlace } from './passkey-rules.ts';
import type { PasskeyOwner, PasskeysDriver } from './passkeys.driver.ts';
import type { KnownPasskey, PasskeysStore } from './passkeys.store.ts';

interface PasskeysDeps {
  /** `undefined`: the public address allows none. */
  place: PasskeyPlace | undefined;
  /** `undefined` without a place. */
  driver: PasskeysDriver | undefined;
  store: PasskeysStore;
  clock: Clock;
  log: Log;
}

/** Whose passkey, added in which session. */
interface Adding {
  userId: string;
  sessionId: string;
}

/** Passkeys of people: signing in with one, adding, naming, removing. */
export interface PasskeysService {
  offer(): PasskeyOffer;
  /** @throws Conflict where there are none. */
  requestSignIn(): Promise<PasskeyRequest>;
  /** The passkey that the answer names; `undefined`: nobody here has it. */
  find(assertion: PasskeyAssertion): Promise<KnownPasskey | undefined>;
  /** The answer is of this passkey, for this place, and was asked for. @throws NotAuthenticated */
  prove(assertion: PasskeyAssertion, passkey: KnownPasskey | undefined): Promise<void>;
  list(userId: string): Promise<OwnPasskey[]>;
  /** @throws Conflict where there are none. */
  requestNew(owner: PasskeyOwner): Promise<PasskeyCreation>;
  /** The session has seen a passkey from then on. @throws NotAuthenticated, Conflict */
  add(adding: Adding, passkey: NewPasskey): Promise<void>;
  /** @throws NotFound */
  rename(userId: string, id: string, name: string): Promise<void>;
  /** `mustKeep`: the account may not be without a second factor. @throws NotFound; Conflict when it would be. */
  remove(account: Account, id: string, mustKeep: boolean): Promise<void>;
}

export function createPasskeys({
  place,
  driver,
  store,
  clock,
  log,
}: PasskeysDeps): PasskeysService {
  async function asking<T extends { challenge: string }>(
    userId: string | null,
    draw: (driver: PasskeysDriver) => Promise<T>,
  ): Promise<T> {
    if (!driver) throw unavailable();
    const asked = await draw(driver);
    const now = clock.now();
    const expiresAt = new Date(now.getTime() + challengeMs);
    await store.addChallenge(asked.challenge, userId, { now, expiresAt });
    return asked;
  }

  /** What was wrong with a passkey is told to our log only. */
  function refusing(passkey: string, reason: string): NotAuthenticated {
    log.warn({ passkey, reason }, 'a passkey was refused');
    return passkeyRefused();
  }

  /** What the driver makes of an answer. */
  async function reading<T>(
    passkeyId: string,
    read: (driver: PasskeysDriver) => Promise<T>,
  ): Promise<T> {
    if (!driver) throw unavailable();
    try {
      return await read(driver);
    } catch (error) {
      throw refusing(passkeyId, messageOf(error));
    }
  }

  const taking = (userId: string | null) => (challenge: string) =>
    store.takeChallenge(challenge, userId, clock.now());

  return {
    offer: () => ({ origin: place?.origin ?? null }),
    requestSignIn: () => asking(null, (one) => one.requestSignIn()),
    find: ({ id }) => store.findByCredential(id),
    prove: async (assertion, passkey) => {
      if (!passkey) throw passkeyRefused();
      const { id, userId } = passkey;
      const owner = Buffer.from(assertion.response.userHandle, 'base64url').toString();
      if (owner !== userId) throw refusing(id, 'it names another account');
      const counter = await reading(id, (one) => one.readSignIn(assertion, passkey, taking(null)));
      if (await store.use(id, counter, clock.now())) return;
      throw refusing(id, 'another answer of it counted as far');
    },
    list: store.list,
    requestNew: (owner) =>
      asking(owner.id, async (one) => one.requestNew(owner, await store.listKnown(owner.id))),
    add: async ({ userId, sessionId }, { name, credential }) => {
      const made = await reading('new', (one) => one.readNew(credential, taking(userId)));
      const row = { ...made, id: randomUUID(), userId, name, createdAt: clock.now() };
      if (!(await store.add(row))) throw known();
      await store.markSession(sessionId);
    },
    rename: async (userId, id, name) => {
      if (!(await store.rename(userId, id, name))) throw unknown();
    },
    remove: async ({ id: userId, hasSecondFactor }, id, mustKeep) => {
      const all = await store.list(userId);
      if (!all.some((one) => one.id === id)) throw unknown();
      if (mustKeep && !hasSecondFactor && all.length === 1) throw lastFactor();
      await store.remove(userId, id);
    },
  };
}

/** One answer for all that may be wrong: it teaches nobody. */
export const passkeyRefused = () =>
  new NotAuthenticated(
    'accounts/passkey-refused',
    'This passkey opens nothing here: it was removed, is of another address, or did not check who you are. Sign in with the password.',
  );

const unavailable = () =>
  new Conflict(
    'accounts/passkeys-unavailable',
    'Passkeys need a public address that begins with https:// and has a name: set VIGIE_PUBLIC_URL.',
  );

const known = () =>
  new Conflict('accounts/passkey-exists', 'This authenticator has a passkey here already.');

const unknown = () =>
  new NotFound('accounts/passkey-unknown', 'You have no such passkey. GET /api/v1/me/passkeys.');

const lastFactor = () =>
  new Conflict(
    'accounts/second-factor-required',
    'This is the only second factor of an account that keeps one. Add another passkey or an app first.',
  );
