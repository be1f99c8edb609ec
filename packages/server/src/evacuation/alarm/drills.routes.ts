import { Drills, NewDrill, PlannedDrill } from '@vigie/contracts/drills';
import { Problem } from '@vigie/contracts/errors';
import { Incident } from '@vigie/contracts/evacuation';
import { Id } from '@vigie/contracts/ids';
import * as z from 'zod';
import { type Http, reaches } from '../../platform/http.ts';
import { nameOf } from '../evacuation.routes.ts';
import type { DrillsService } from './drills.service.ts';

const tags = ['evacuation'];
const refused = { '4xx': Problem };
const InBuilding = z.object({ id: Id });
const OfBuilding = InBuilding.extend({ drillId: z.uuid() });
const path = '/api/v1/buildings/:id/drills';

/** Drills: what is due, what is planned, and the press that begins one. */
export function drillRoutes(http: Http, drills: DrillsService): void {
  http.get(
    '/api/v1/drills',
    {
      config: { access: 'rooms.read', about: 'list' },
      schema: { tags, response: { 200: Drills, ...refused } },
    },
    async ({ person }) => {
      const { due, planned } = await drills.list();
      const isHis = (one: { buildingId: string }) => reaches(person, one);
      return { due: due.filter(isHis), planned: planned.filter(isHis) };
    },
  );
  http.post(
    `${path}/:drillId/start`,
    {
      config: { access: 'alarm.sound', about: 'building' },
      schema: {
        tags,
        summary: 'Begins a planned drill whose hour has come',
        params: OfBuilding,
        response: { 201: Incident, ...refused },
      },
    },
    async ({ params, person }, reply) =>
      reply.status(201).send(await drills.start(params.id, params.drillId, nameOf(person))),
  );
  planRoutes(http, drills);
}

function planRoutes(http: Http, drills: DrillsService): void {
  const config = { access: 'drills.plan', about: 'building' } as const;
  http.post(
    path,
    {
      config,
      schema: {
        tags,
        params: InBuilding,
        body: NewDrill,
        response: { 201: PlannedDrill, ...refused },
      },
    },
    async ({ params, body, person }, reply) =>
      reply.status(201).send(await drills.plan(params.id, body, nameOf(person))),
  );
  http.put(
    `${path}/:drillId`,
    {
      config,
      schema: {
        tags,
        params: OfBuilding,
        body: NewDrill,
        response: { 200: PlannedDrill, ...refused },
      },
    },
    ({ params, body, person }) =>
      drills.change({ buildingId: params.id, id: params.drillId }, body, nameOf(person)),
  );
  http.delete(
    `${path}/:drillId`,
    { config, schema: { tags, params: OfBuilding, response: { 204: z.null(), ...refused } } },
    async ({ params, person }, reply) => {
      await drills.cancel(params.id, params.drillId, nameOf(person));
      return reply.status(204).send(null);
    },
  );
}
