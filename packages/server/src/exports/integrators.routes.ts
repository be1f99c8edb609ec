import type { IncomingHttpHeaders } from 'node:http';
import { everywhere, integratorPermissions } from '@vigie/contracts/accounts';
import type { DeviceKind } from '@vigie/contracts/devices';
import { IntegratorWithKey, NewIntegrator } from '@vigie/contracts/exports';
import { usernameOf } from '@vigie/contracts/topics';
import type { Http, SignedIn } from '../platform/http.ts';
import { bearerToken, readBearer } from './bearer-token.ts';

/** What the credentials of integrators ask of the devices. */
export interface IntegratorDevices {
  identify(
    username: string,
    password: string,
  ): Promise<{ kind: DeviceKind; id: string } | undefined>;
  giveCredential(kind: DeviceKind, id: string): Promise<string>;
}

/** Gives a program its key; asked again it draws a new one, and the old one ends at once. */
export function integratorRoutes(
  http: Http,
  { giveCredential }: Pick<IntegratorDevices, 'giveCredential'>,
): void {
  http.post(
    '/api/v1/integrators',
    {
      config: { access: 'devices.write' },
      schema: { body: NewIntegrator, response: { 201: IntegratorWithKey } },
    },
    async ({ body: { id } }, reply) => {
      const key = await giveCredential('integrator', id);
      const username = usernameOf('integrator', id);
      return reply.status(201).send({ id, username, key, token: bearerToken({ id, key }) });
    },
  );
}

/** The integrator behind the token of a request; `undefined` without one, or when it is wrong. */
export async function identifyIntegrator(
  { authorization }: IncomingHttpHeaders,
  { identify }: Pick<IntegratorDevices, 'identify'>,
): Promise<SignedIn | undefined> {
  const token = readBearer(authorization);
  if (!token) return undefined;
  const username = usernameOf('integrator', token.id);
  const device = await identify(username, token.key);
  if (device?.kind !== 'integrator') return undefined;
  const permissions = integratorPermissions;
  return {
    id: username,
    username,
    name: token.id,
    role: 'device',
    permissions,
    scope: everywhere,
  };
}
