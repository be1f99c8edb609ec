import type { IncomingHttpHeaders } from 'node:http';
import type { Me } from '@vigie/contracts/accounts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import type { Http, SignedIn } from '../platform/http.ts';
import type { Log } from '../platform/log.ts';
import { createAccountsDriver } from './accounts.driver.ts';
import { accountsRoutes } from './accounts.routes.ts';
import { type AccountsService, createAccountsService } from './accounts.service.ts';
import { createAccountsStore } from './accounts.store.ts';
import { createAttemptsStore } from './attempts.store.ts';
import { createSignInThrottle } from './sign-in-throttle.service.ts';

export { drawPassword } from './accounts.service.ts';

interface AccountsDeps {
  db: Database;
  clock: Clock;
  log: Log;
  secret: string;
  publicUrl: string;
  place: Pick<Me, 'town' | 'timeZone' | 'isDemo' | 'passwordMinLength'>;
}

/** Who people are and what they may do. */
export interface Accounts extends AccountsService {
  identify(headers: IncomingHttpHeaders): Promise<SignedIn | undefined>;
  routes(http: Http): void;
}

export function createAccounts({
  db,
  clock,
  log,
  secret,
  publicUrl,
  place,
}: AccountsDeps): Accounts {
  const driver = createAccountsDriver({ db, secret, publicUrl });
  const store = createAccountsStore(db);
  const throttle = createSignInThrottle({ db, store: createAttemptsStore(db), clock });
  return {
    ...createAccountsService({
      db,
      store,
      driver,
      town: place.town,
      minLength: place.passwordMinLength,
      log,
    }),
    identify: async (headers) => {
      const session = await driver.findSession(headers);
      return session && store.find(session.userId);
    },
    routes: (http) => accountsRoutes(http, { driver, throttle, place }),
  };
}
