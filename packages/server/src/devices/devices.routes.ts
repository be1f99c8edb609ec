import { Bollard, BollardWithKey, NewBollard } from '@vigie/contracts/devices';
import { Problem } from '@vigie/contracts/errors';
import { Id } from '@vigie/contracts/ids';
import * as z from 'zod';
import type { Http } from '../platform/http.ts';
import type { DevicesService } from './devices.service.ts';

/** Administrators' view of the devices. */
export function devicesRoutes(http: Http, devices: DevicesService): void {
  http.get(
    '/api/v1/bollards',
    { config: { access: 'devices.read' }, schema: { response: { 200: z.array(Bollard) } } },
    () => devices.listBollards(),
  );
  http.post(
    '/api/v1/bollards',
    {
      config: { access: 'devices.write' },
      schema: { body: NewBollard, response: { 201: BollardWithKey, '4xx': Problem } },
    },
    async (request, reply) => reply.status(201).send(await devices.addBollard(request.body)),
  );
  http.post(
    '/api/v1/bollards/:id/key',
    {
      config: { access: 'devices.write' },
      schema: { params: z.object({ id: Id }), response: { 200: BollardWithKey, '4xx': Problem } },
    },
    (request) => devices.rotateKey(request.params.id),
  );
}
