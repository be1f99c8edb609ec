import {
  Bollard,
  BollardWithKey,
  Fault,
  NewBollard,
  Replacement,
  UnreadMessage,
} from '@vigie/contracts/devices';
import { Problem } from '@vigie/contracts/errors';
import { Id } from '@vigie/contracts/ids';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod';
import { InvalidInput, NotAuthenticated } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import type { DevicesService } from './devices.service.ts';
import type { DevicesStore } from './devices.store.ts';
import type { FaultsService } from './faults.service.ts';
import { PostedEvent, type Reception } from './reception.service.ts';

interface RouteDeps {
  devices: DevicesService;
  faults: Pick<FaultsService, 'list'>;
  reception: Pick<Reception, 'posted'>;
  store: Pick<DevicesStore, 'listUnread'>;
}

const shownAtOnce = 500;

/** Administrators' view of the devices, and the door for devices that speak HTTP. */
export function devicesRoutes(http: Http, deps: RouteDeps): void {
  registryRoutes(http, deps.devices);
  eventRoutes(http, deps);
  const read = { access: 'devices.read' } as const;
  http.get('/api/v1/faults', { config: read, schema: { response: { 200: z.array(Fault) } } }, () =>
    deps.faults.list(shownAtOnce),
  );
  http.get(
    '/api/v1/unread-messages',
    { config: read, schema: { response: { 200: z.array(UnreadMessage) } } },
    () => deps.store.listUnread(shownAtOnce),
  );
}

function registryRoutes(http: Http, devices: DevicesService): void {
  const write = { access: 'devices.write' } as const;
  const params = z.object({ id: Id });
  http.get(
    '/api/v1/bollards',
    { config: { access: 'devices.read' }, schema: { response: { 200: z.array(Bollard) } } },
    () => devices.listBollards(),
  );
  http.post(
    '/api/v1/bollards',
    {
      config: write,
      schema: { body: NewBollard, response: { 201: BollardWithKey, '4xx': Problem } },
    },
    async (request, reply) => reply.status(201).send(await devices.addBollard(request.body)),
  );
  http.post(
    '/api/v1/bollards/:id/key',
    { config: write, schema: { params, response: { 200: BollardWithKey, '4xx': Problem } } },
    (request) => devices.rotateKey(request.params.id),
  );
  http.post(
    '/api/v1/bollards/:id/replacement',
    {
      config: write,
      schema: { params, body: Replacement, response: { 201: BollardWithKey, '4xx': Problem } },
    },
    async (request, reply) =>
      reply.status(201).send(await devices.replace(request.params.id, request.body)),
  );
  http.post(
    '/api/v1/bollards/:id/retirement',
    { config: write, schema: { params, response: { 200: Bollard, '4xx': Problem } } },
    (request) => devices.retire(request.params.id),
  );
}

/** One event, or several in their order. */
const Posted = z.union([PostedEvent, z.array(PostedEvent).min(1).max(1000)]);

/**
 * `POST /api/v1/devices/{id}/events` with `Authorization: Bearer` and the device's key. Answered after the commit;
 * sending the same event again changes nothing.
 */
function eventRoutes(http: Http, { devices, reception }: RouteDeps): void {
  http.post(
    '/api/v1/devices/:id/events',
    {
      config: { access: 'signed' },
      schema: {
        params: z.object({ id: Id }),
        body: Posted,
        response: { 200: z.object({ taken: z.int() }), '4xx': Problem },
      },
      preValidation: (request) => requireDevice(request, devices),
    },
    async ({ params, body }) => {
      const events = Array.isArray(body) ? body : [body];
      const answers = await Promise.all(events.map((event) => reception.posted(params.id, event)));
      const wrong = answers.findIndex((answer) => answer !== undefined);
      if (wrong >= 0)
        throw new InvalidInput(
          'devices/event-unreadable',
          `Event ${wrong} could not be read: ${answers[wrong]?.unreadable}. It is kept as it came; the others are taken.`,
        );
      return { taken: events.length };
    },
  );
}

async function requireDevice(request: FastifyRequest, devices: DevicesService): Promise<void> {
  const { id = '' } = request.params as { id?: string };
  const key = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const device = id.includes(':') ? undefined : await devices.identify(id, key);
  if (device?.kind === 'bollard') return;
  throw new NotAuthenticated(
    'devices/wrong-key',
    `This is not the key of device ${id}. Send Authorization: Bearer and its key.`,
  );
}
