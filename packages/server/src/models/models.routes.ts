import { Readable } from 'node:stream';
import { Problem } from '@vigie/contracts/errors';
import {
  InstalledModel,
  MODEL_BYTES,
  ModelName,
  ModelReceipt,
  ModelsView,
  ModelTrust,
} from '@vigie/contracts/models';
import * as z from 'zod';
import { InvalidInput } from '../platform/errors.ts';
import { actorOf, type Http, withOwnParsers } from '../platform/http.ts';
import type { ModelsService } from './models.service.ts';

const read = { access: 'town.write' } as const;
/** Who did what with which file: the service knows it. */
const config = { ...read, audit: 'inside' } as const;
const tags = ['models'];
const mediaType = 'application/octet-stream';
const byName = z.object({ name: z.string().max(200) });
const byId = z.object({ id: z.string().max(64) });
const gone = { 204: z.null(), '4xx': Problem };

/** Weights of the detector: which there are, bringing some, trusting them, taking them away. */
export function modelsRoutes(http: Http, models: ModelsService): void {
  http.get(
    '/api/v1/models',
    { config: read, schema: { tags, response: { 200: ModelsView, '4xx': Problem } } },
    () => models.look(),
  );
  receiveRoute(http, models);
  http.delete(
    '/api/v1/models/:name',
    { config, schema: { tags, params: byName, response: gone } },
    async (request, reply) => {
      await models.remove(request.params.name, actorOf(request));
      return reply.status(204).send(null);
    },
  );
  http.post(
    '/api/v1/model-uploads/:id/trust',
    {
      config,
      schema: {
        tags,
        summary: 'Trusts a file whose hash was compared: it is tried out and installed',
        params: byId,
        body: ModelTrust,
        response: { 200: InstalledModel, '4xx': Problem },
      },
    },
    (request) => models.trust(request.params.id, request.body.sha256, actorOf(request)),
  );
  http.delete(
    '/api/v1/model-uploads/:id',
    { config, schema: { tags, params: byId, response: gone } },
    async ({ params }, reply) => {
      await models.discard(params.id);
      return reply.status(204).send(null);
    },
  );
}

/** The file goes to the disk as it comes: it is larger than any other body. */
function receiveRoute(http: Http, models: ModelsService): void {
  withOwnParsers(http, (scope) => {
    scope.addContentTypeParser(mediaType, (_request, payload, done) => done(null, payload));
    scope.put(
      '/api/v1/models/:name',
      {
        config,
        bodyLimit: MODEL_BYTES,
        schema: {
          tags,
          summary: 'Takes a file of weights; a file that nobody knows waits for trust',
          consumes: [mediaType],
          params: z.object({ name: ModelName }),
          response: { 200: ModelReceipt, '4xx': Problem },
        },
      },
      (request) => {
        const { body, headers } = request;
        if (!(body instanceof Readable))
          throw new InvalidInput('input/invalid', `A model is sent as ${mediaType}.`);
        const announced = headers['content-length'];
        const bytes = announced === undefined ? undefined : Number(announced);
        const arrival = { name: request.params.name, source: body, bytes };
        return models.receive(arrival, actorOf(request));
      },
    );
  });
}
