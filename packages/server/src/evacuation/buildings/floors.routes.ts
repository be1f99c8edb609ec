import { Problem } from '@vigie/contracts/errors';
import { EvacuationPlan, FloorChange, FloorView } from '@vigie/contracts/floors';
import { Id } from '@vigie/contracts/ids';
import type { FastifyReply } from 'fastify';
import * as z from 'zod';
import { type Http, mayDo, reaches, type SignedIn } from '../../platform/http.ts';
import { foreignContent } from '../../platform/security-headers.ts';
import type { FloorsService } from './floors.service.ts';

const tags = ['evacuation'];
const params = z.object({ id: Id });
const mostBytes = 12 * 1_048_576;

/** `v`: the digest of the picture; with it the picture may be kept. */
export const sendPicture = (
  reply: FastifyReply,
  { mediaType, picture }: Awaited<ReturnType<FloorsService['getPlan']>>,
  v: string | undefined,
): FastifyReply =>
  reply
    .type(mediaType)
    .header('content-security-policy', foreignContent)
    .header('cache-control', v ? 'private, max-age=31536000, immutable' : 'no-cache')
    .send(Buffer.from(picture));

/** Floors, their plans, and what is drawn on them. */
export function floorsRoutes(http: Http, floors: FloorsService): void {
  http.get(
    '/api/v1/evacuation-plan',
    {
      config: { access: 'rooms.read', about: 'list' },
      schema: {
        tags,
        summary: 'Floors, assembly points and wardens; telephones only for those who sweep rooms',
        response: { 200: EvacuationPlan, '4xx': Problem },
      },
    },
    async ({ person }) => within(person, await floors.read()),
  );
  http.get(
    '/api/v1/floors/:id/plan',
    {
      config: { access: 'rooms.read', about: 'floor' },
      schema: {
        tags,
        summary: 'The picture of the plan, PNG or SVG; with its digest as v it may be kept',
        params,
        querystring: z.object({ v: z.string().max(64).optional() }),
      },
    },
    async ({ params: { id }, query: { v } }, reply) =>
      sendPicture(reply, await floors.getPlan(id), v),
  );
  http.put(
    '/api/v1/floors/:id',
    {
      config: { access: 'town.write' },
      bodyLimit: mostBytes,
      schema: {
        tags,
        summary: 'Name, plan and drawing of a floor in one go; all is taken, or nothing',
        params,
        body: FloorChange,
        response: { 200: FloorView, '4xx': Problem },
      },
    },
    ({ params: { id }, body }) => floors.change(id, body),
  );
}

/** The part of the plan that this person may see. */
function within(
  person: SignedIn | undefined,
  { floors, assemblyPoints, wardens }: EvacuationPlan,
): EvacuationPlan {
  const isSeen = (place: { buildingId: string }) => reaches(person, place);
  const maySweep = person !== undefined && mayDo(person, 'rooms.declare-empty');
  return {
    floors: floors.filter(isSeen),
    assemblyPoints: assemblyPoints.filter(isSeen),
    wardens: wardens
      .filter(isSeen)
      .map((warden) => (maySweep ? warden : { ...warden, phone: '', username: null })),
  };
}
