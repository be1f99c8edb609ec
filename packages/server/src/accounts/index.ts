import type { IncomingHttpHeaders } from 'node:http';
import type { Me } from '@vigie/contracts/accounts';
import type { Database } from '../platform/database.ts';
import type { Http, SignedIn } from '../platform/http.ts';
import type { Log } from '../platform/log.ts';
import { createAccountsDriver } from './accounts.driver.ts';
import { accountsRoutes } from './accounts.routes.ts';
import { type AccountsService, createAccountsService } from './accounts.service.ts';

export { drawPassword } from './accounts.service.ts';
export { accountsOldData } from './accounts.store.ts';

interface AccountsDeps {
  db: Database;
  log: Log;
  secret: string;
  publicUrl: string;
  place: Pick<Me, 'town' | 'timeZone' | 'isDemo'>;
}

/** Who people are and what they may do. */
export interface Accounts extends AccountsService {
  identify(headers: IncomingHttpHeaders): Promise<SignedIn | undefined>;
  routes(http: Http): void;
}

export function createAccounts({ db, log, secret, publicUrl, place }: AccountsDeps): Accounts {
  const driver = createAccountsDriver({ db, secret, publicUrl });
  return {
    ...createAccountsService({ driver, town: place.town, log }),
    identify: driver.identify,
    routes: (http) => accountsRoutes(http, { driver, place }),
  };
}
