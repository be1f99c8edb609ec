import { DeviceKey, DrawnDeviceKey, NewDeviceKey } from '@vigie/contracts/devices';
import { Problem } from '@vigie/contracts/errors';
import * as z from 'zod';
import type { Http } from '../platform/http.ts';
import type { DeviceKeys } from './device-keys.service.ts';

/** Keys of workers and fire panels are drawn here; those of integrators are listed and ended here, too. */
export function deviceKeysRoutes(http: Http, keys: DeviceKeys): void {
  const config = { access: 'town.write' } as const;
  const path = '/api/v1/device-keys';
  http.get(path, { config, schema: { response: { 200: z.array(DeviceKey) } } }, () => keys.list());
  http.post(
    path,
    { config, schema: { body: NewDeviceKey, response: { 201: DrawnDeviceKey, '4xx': Problem } } },
    async ({ body }, reply) => reply.status(201).send(await keys.draw(body)),
  );
  http.delete(
    `${path}/:kind/:id`,
    { config, schema: { params: DeviceKey.pick({ kind: true, id: true }) } },
    async ({ params }, reply) => {
      await keys.end(params);
      return reply.status(204).send();
    },
  );
}
