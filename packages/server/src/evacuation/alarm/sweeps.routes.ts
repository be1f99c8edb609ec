import { Problem } from '@vigie/contracts/errors';
import { Id } from '@vigie/contracts/ids';
import {
  AssemblyCount,
  Finding,
  NewAssemblyCount,
  NewOverride,
  NewSweep,
  Override,
  Sweep,
} from '@vigie/contracts/sweeps';
import * as z from 'zod';
import type { Http } from '../../platform/http.ts';
import { nameOf } from '../evacuation.routes.ts';
import type { SweepsService } from './sweeps.service.ts';

const tags = ['evacuation'];
const ById = z.object({ id: Id });
const refused = { '4xx': Problem };

/** Sweeps, overrides and counts at the assembly points. Sending one again changes nothing. */
export function sweepsRoutes(http: Http, sweeps: SweepsService): void {
  http.post(
    '/api/v1/incidents/:id/sweeps',
    {
      config: { access: 'rooms.declare-empty', about: 'incident' },
      schema: { tags, params: ById, body: NewSweep, response: { 200: Sweep, ...refused } },
    },
    ({ params, body, person }) => sweeps.sweep(params.id, body, nameOf(person)),
  );
  http.post(
    '/api/v1/incidents/:id/overrides',
    {
      config: { access: 'alarm.end', about: 'incident' },
      schema: { tags, params: ById, body: NewOverride, response: { 200: Override, ...refused } },
    },
    ({ params, body, person }) => sweeps.override(params.id, body, nameOf(person)),
  );
  http.post(
    '/api/v1/incidents/:id/assembly-counts',
    {
      config: { access: 'rooms.declare-empty', about: 'incident' },
      schema: {
        tags,
        params: ById,
        body: NewAssemblyCount,
        response: { 200: AssemblyCount, ...refused },
      },
    },
    ({ params, body, person }) => sweeps.countAssembled(params.id, body, nameOf(person)),
  );
  http.get(
    '/api/v1/incidents/:id/findings',
    {
      config: { access: 'rooms.read', about: 'incident' },
      schema: { tags, params: ById, response: { 200: z.array(Finding), ...refused } },
    },
    ({ params }) => sweeps.list(params.id),
  );
}
