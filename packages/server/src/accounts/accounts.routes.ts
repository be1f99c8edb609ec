import {
  Account,
  AccountChange,
  AccountReset,
  AccountResetWish,
  AccountWithPassword,
  NewAccount,
} from '@vigie/contracts/accounts';
import { Problem } from '@vigie/contracts/errors';
import * as z from 'zod';
import { actorOf, type Http } from '../platform/http.ts';
import type { AccountsService } from './accounts.service.ts';

/** What an administrator does with accounts. */
export function accountsRoutes(http: Http, accounts: AccountsService): void {
  const config = { access: 'accounts.write', audit: 'inside' } as const;
  const params = z.object({ id: z.string().max(64) });
  const refused = { '4xx': Problem };
  http.get('/api/v1/accounts', { config, schema: { response: { 200: z.array(Account) } } }, () =>
    accounts.list(),
  );
  http.post(
    '/api/v1/accounts',
    { config, schema: { body: NewAccount, response: { 201: AccountWithPassword, ...refused } } },
    async (request, reply) =>
      reply.status(201).send(await accounts.invite(request.body, actorOf(request))),
  );
  http.put(
    '/api/v1/accounts/:id',
    { config, schema: { params, body: AccountChange, response: { 200: Account, ...refused } } },
    (request) => accounts.change(request.params.id, request.body, actorOf(request)),
  );
  http.post(
    '/api/v1/accounts/:id/reset',
    {
      config,
      schema: { params, body: AccountResetWish, response: { 200: AccountReset, ...refused } },
    },
    (request) => accounts.reset(request.params.id, request.body, actorOf(request)),
  );
}
