import { AlarmInputSettings, AlarmInputTrial, AlarmInputView } from '@vigie/contracts/alarm-inputs';
import { Problem } from '@vigie/contracts/errors';
import { Id } from '@vigie/contracts/ids';
import * as z from 'zod';
import type { Http } from '../../platform/http.ts';
import type { AlarmInputs } from './alarm-inputs.service.ts';

const tags = ['evacuation'];
const refused = { '4xx': Problem };
const ById = z.object({ id: Id });

/** Contacts of fire panels: whether they are read, and where. */
export function alarmInputRoutes(http: Http, inputs: AlarmInputs): void {
  http.get(
    '/api/v1/alarm-inputs',
    {
      config: { access: 'devices.read' },
      schema: { tags, response: { 200: z.array(AlarmInputView), ...refused } },
    },
    async () => inputs.list(),
  );
  const path = '/api/v1/alarm-inputs/:id';
  const config = { access: 'town.write' } as const;
  http.put(
    path,
    {
      config,
      schema: {
        tags,
        summary: 'Read a contact of a fire panel by Modbus TCP',
        params: ById,
        body: AlarmInputSettings,
        response: { 200: AlarmInputView, ...refused },
      },
    },
    ({ params, body }) => inputs.put({ ...body, id: params.id }),
  );
  http.post(
    '/api/v1/alarm-input-trials',
    {
      config,
      schema: {
        tags,
        summary: 'Reads a contact once, without keeping it; nothing alarms',
        body: AlarmInputSettings,
        response: { 200: AlarmInputTrial, ...refused },
      },
    },
    ({ body }) => inputs.tryOnce({ ...body, id: 'trial' }),
  );
  http.delete(
    path,
    { config, schema: { tags, params: ById, response: { 204: z.null(), ...refused } } },
    async ({ params }, reply) => {
      await inputs.remove(params.id);
      return reply.status(204).send(null);
    },
  );
}
