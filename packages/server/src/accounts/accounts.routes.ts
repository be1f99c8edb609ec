import { Credentials, Me, PersonRole, permissionsOf } from '@vigie/contracts/accounts';
import { Problem } from '@vigie/contracts/errors';
import { fromNodeHeaders } from 'better-auth/node';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { InvalidInput, NotAuthenticated } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import type { AccountsDriver } from './accounts.driver.ts';
import type { SignInThrottle } from './sign-in-throttle.service.ts';

const Done = z.object({ ok: z.literal(true) });
type Done = z.infer<typeof Done>;

interface RouteDeps {
  throttle: Pick<SignInThrottle, 'begin'>;
  driver: Pick<AccountsDriver, 'answer'>;
  place: Pick<Me, 'town' | 'timeZone' | 'isDemo' | 'passwordMinLength'>;
}

/** Signing in and out, and who I am. */
export function accountsRoutes(http: Http, { driver, throttle, place }: RouteDeps): void {
  const serve = async (request: FastifyRequest, reply: FastifyReply): Promise<Done> => {
    const answer = await driver.answer(webRequest(request), request.ip);
    if (!answer.ok) throw refusalOf(answer.status);
    for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie);
    return { ok: true };
  };
  const done = { 200: Done, '4xx': Problem };
  http.post(
    '/api/v1/auth/sign-in/username',
    { config: { access: 'public' }, schema: { body: Credentials, response: done } },
    async (request, reply) => {
      const { username } = request.body;
      const attempt = await throttle.begin({ username, address: request.ip });
      const answer = await serve(request, reply);
      await attempt.pass();
      return answer;
    },
  );
  http.post(
    '/api/v1/auth/sign-out',
    { config: { access: 'signed-in' }, schema: { response: done } },
    serve,
  );
  http.get(
    '/api/v1/me',
    { config: { access: 'signed-in' }, schema: { response: { 200: Me } } },
    async ({ person }) => {
      if (!person) throw new NotAuthenticated('accounts/not-signed-in', 'Sign in first.');
      const { username, name, scope } = person;
      const role = PersonRole.parse(person.role);
      return { username, name, role, permissions: [...permissionsOf[role]], scope, ...place };
    },
  );
}

/** better-auth speaks the web's Request. */
function webRequest(request: FastifyRequest): Request {
  const headers = fromNodeHeaders(request.headers);
  headers.delete('content-length');
  headers.set('content-type', 'application/json');
  return new Request(new URL(request.url, `${request.protocol}://${request.host}`), {
    method: request.method,
    headers,
    body: JSON.stringify(request.body ?? {}),
  });
}

function refusalOf(status: number): Error {
  if (status === 401 || status === 422) {
    return new NotAuthenticated('accounts/wrong-credentials', 'User name or password is wrong.');
  }
  return new InvalidInput(
    'input/invalid',
    'The request was refused. Open this page from its own address.',
  );
}
