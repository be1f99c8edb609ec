import type { IncomingHttpHeaders } from 'node:http';
import type { Me, PersonRole, SecondFactorRule } from '@vigie/contracts/accounts';
import type { Directory } from '../directory/index.ts';
import type { AuditLog } from '../platform/audit.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import type { Http, SignedIn } from '../platform/http.ts';
import type { Log } from '../platform/log.ts';
import type { PersonData } from '../platform/person-data.ts';
import { digestOf, drawKey, keyedDigestOf } from '../platform/secrets.ts';
import { createAccountsDriver } from './accounts.driver.ts';
import { accountsRoutes } from './accounts.routes.ts';
import { type AccountsService, createAccountsService } from './accounts.service.ts';
import { createAccountsStore } from './accounts.store.ts';
import { accountsPersonData, findAccounts } from './accounts-person.store.ts';
import { apiTokensRoutes } from './api-tokens.routes.ts';
import { createApiTokensService } from './api-tokens.service.ts';
import { createApiTokensStore } from './api-tokens.store.ts';
import { createAttemptsStore } from './attempts.store.ts';
import { createDirectoryJob } from './directory.jobs.ts';
import { directoryRoutes } from './directory.routes.ts';
import { createDirectoryGroups } from './directory-groups.service.ts';
import { createDirectoryGroupsStore } from './directory-groups.store.ts';
import { createDirectoryPeople } from './directory-people.service.ts';
import { createDirectoryPeopleStore } from './directory-people.store.ts';
import { dutiesOf } from './duties.ts';
import { isForgotten, mustReturn } from './forgotten.ts';
import { ownAccountRoutes } from './own-account.routes.ts';
import { ownPasskeysRoutes } from './own-passkeys.routes.ts';
import { passkeyPlaceOf } from './passkey-rules.ts';
import { passkeySignInRoutes } from './passkey-sign-in.routes.ts';
import { createPasskeysDriver } from './passkeys.driver.ts';
import { createPasskeys } from './passkeys.service.ts';
import { createPasskeysStore } from './passkeys.store.ts';
import { createPendingSignInsStore } from './provider/pending-sign-ins.store.ts';
import { createProviderDriver } from './provider/provider.driver.ts';
import { providerRoutes } from './provider/provider.routes.ts';
import { createProviderPeople } from './provider/provider-people.service.ts';
import { createProviderPeopleStore } from './provider/provider-people.store.ts';
import type { ProviderSettings } from './provider/provider-settings.ts';
import { signInRoutes } from './sign-in.routes.ts';
import { createSignInThrottle } from './sign-in-throttle.service.ts';

export { drawPassword } from './accounts.service.ts';
export { accountsOldData } from './accounts-old.store.ts';
export { accountsPersonData } from './accounts-person.store.ts';
export { accountsSealedData, endSealedFactors, endSignIns } from './accounts-sealed.store.ts';
export { examineProvider } from './provider/provider.driver.ts';
export { providerSettingsFrom } from './provider/provider-settings.ts';

interface AccountsDeps {
  db: Database;
  audit: Pick<AuditLog, 'record' | 'write'>;
  clock: Clock;
  log: Log;
  secret: string;
  publicUrl: string;
  secondFactorRule: SecondFactorRule;
  /** `undefined`: local accounts only. */
  directory?: Directory | undefined;
  directoryRules?: DirectoryRules;
  /** `undefined`: nobody signs in by an OpenID provider. */
  provider?: ProviderSettings | undefined;
  /** How long who came by it stays; `undefined`: twelve hours. */
  providerSessionMs?: number;
  place: Pick<Me, 'town' | 'timeZone' | 'isDemo' | 'passwordMinLength'>;
}

/** How careful one is with the directory. */
interface DirectoryRules {
  /** Wrong passwords after which it locks an account. */
  lockout: number;
  /** Sessions go on for so long after it last answered. */
  graceMs: number;
}

/** Who people are and what they may do. */
export interface Accounts
  extends Pick<
    AccountsService,
    'createUser' | 'createFirstAdministrator' | 'requireAdministrators' | 'list'
  > {
  /** Those that can sign in, by role. */
  countByRole(): Promise<Partial<Record<PersonRole, number>>>;
  /** Those that a user name or a whole name names. */
  find: typeof findAccounts;
  /** The person of a session or the program of a token; `undefined`: neither. */
  identify(headers: IncomingHttpHeaders): Promise<SignedIn | undefined>;
  personData: readonly PersonData[];
  routes(http: Http): void;
  start(): void;
  stop(): Promise<void>;
}

export function createAccounts(deps: AccountsDeps): Accounts {
  const { db, audit, clock, log, secret, publicUrl, secondFactorRule, place, directory } = deps;
  const { lockout, graceMs } = deps.directoryRules ?? usualRules;
  const store = createAccountsStore(db);
  const names = createDirectoryPeopleStore(db);
  const tables = createDirectoryGroupsStore(db);
  const people = createDirectoryPeople({
    db,
    directory,
    people: names,
    groups: tables,
    store,
    audit,
    clock,
    log,
  });
  const groups = createDirectoryGroups({ directory, store: tables, names, people, clock, log });
  const job = createDirectoryJob(people, log);
  const driver = createAccountsDriver({ db, secret, publicUrl, prove: people.prove });
  const nameDigest = (name: string) => keyedDigestOf(`typed names ${secret}`, name);
  const attempts = createAttemptsStore(db);
  const throttle = createSignInThrottle({ db, store: attempts, clock, nameDigest });
  const passkeyPlace = passkeyPlaceOf(publicUrl);
  const passkeys = createPasskeys({
    place: passkeyPlace,
    driver: passkeyPlace && createPasskeysDriver(passkeyPlace),
    store: createPasskeysStore(db),
    clock,
    log,
  });
  const tokens = createApiTokensService({
    store: createApiTokensStore(db),
    clock,
    keys: { drawKey, digestOf },
  });
  const invited = createProviderPeopleStore(db);
  const provider =
    deps.provider && createProviderDriver({ settings: deps.provider, publicUrl, clock, log });
  const providerPeople = createProviderPeople({ db, people: invited, store, audit, clock, log });
  const { town, passwordMinLength: minLength } = place;
  const accounts = createAccountsService({
    db,
    audit,
    store,
    driver,
    throttle,
    provider: invited,
    clock,
    town,
    minLength,
    log,
  });

  async function identifyPerson(headers: IncomingHttpHeaders): Promise<SignedIn | undefined> {
    const session = await driver.findSession(headers);
    const account = session && (await store.find(session.userId));
    if (!account || account.isDisabled) return undefined;
    const now = clock.now();
    const sessionMs = deps.providerSessionMs ?? usualSessionMs;
    if (isForgotten(account, now, graceMs)) return undefined;
    if (mustReturn(account, session.createdAt, { now, sessionMs })) return undefined;
    const { id, username, name, role, scope } = account;
    const duties = dutiesOf(account, session, secondFactorRule);
    return { id, username, name, role, scope, duties, sessionId: session.id };
  }

  async function findEnd(userId: string): Promise<string | undefined> {
    const idToken = provider && (await invited.takeIdToken(userId));
    return idToken === undefined ? undefined : provider?.findEnd(idToken);
  }

  return {
    personData: accountsPersonData(nameDigest),
    find: findAccounts,
    countByRole: async () => {
      const counts: Partial<Record<PersonRole, number>> = {};
      for (const { role, isDisabled } of await store.list())
        if (!isDisabled) counts[role] = (counts[role] ?? 0) + 1;
      return counts;
    },
    requireAdministrators: accounts.requireAdministrators,
    createUser: accounts.createUser,
    createFirstAdministrator: accounts.createFirstAdministrator,
    list: accounts.list,
    identify: async (headers) => (await tokens.identify(headers)) ?? identifyPerson(headers),
    routes: (http) => {
      const proof = { driver, store, throttle, lockout, secondFactorRule, clock };
      signInRoutes(http, { ...proof, people, audit, findEnd, place });
      passkeySignInRoutes(http, { ...proof, passkeys, audit, people, graceMs });
      providerRoutes(http, {
        provider,
        settings: deps.provider,
        people: providerPeople,
        pending: createPendingSignInsStore(db),
        driver,
        audit,
        publicUrl,
        clock,
      });
      ownAccountRoutes(http, { ...proof, accounts });
      ownPasskeysRoutes(http, { ...proof, passkeys });
      accountsRoutes(http, accounts);
      apiTokensRoutes(http, tokens);
      directoryRoutes(http, groups, people);
    },
    start: () => {
      if (directory?.canLook) job.start();
    },
    stop: job.stop,
  };
}

const usualRules: DirectoryRules = { lockout: 10, graceMs: 24 * 3_600_000 };
const usualSessionMs = 12 * 3_600_000;
