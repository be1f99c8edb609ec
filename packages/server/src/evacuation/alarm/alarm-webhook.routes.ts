import { createHmac, timingSafeEqual } from 'node:crypto';
import { Problem } from '@vigie/contracts/errors';
import { AlarmAnswer, AlarmSignal } from '@vigie/contracts/evacuation';
import { Id } from '@vigie/contracts/ids';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Clock } from '../../platform/clock.ts';
import { InvalidInput, NotAuthenticated } from '../../platform/errors.ts';
import { type Http, withOwnParsers } from '../../platform/http.ts';

/** A message may be this old or this early. Source: Standard Webhooks, "Verifying webhook authenticity". */
const toleranceSeconds = 300;

interface WebhookDeps {
  secret: string;
  clock: Clock;
  takeAlarm: (buildingId: string, signal: AlarmSignal, webhookId: string) => Promise<AlarmAnswer>;
}

/**
 * `POST /api/v1/alarms/{buildingId}`: a fire panel's gateway reports by a signed webhook. A delivery that is
 * repeated with the same `webhook-id` changes nothing and is answered with 200.
 */
export function alarmWebhookRoutes(http: Http, { secret, clock, takeAlarm }: WebhookDeps): void {
  const key = webhookKey(secret);
  const bodies = new WeakMap<FastifyRequest, Buffer>();
  withOwnParsers(http, (scope) => {
    // The bytes are what was signed.
    scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
      bodies.set(request, body as Buffer);
      try {
        done(null, JSON.parse(body.toString('utf8')));
      } catch (cause) {
        done(new InvalidInput('input/invalid', 'The body is not JSON.', { cause }), undefined);
      }
    });
    scope.post(
      '/api/v1/alarms/:buildingId',
      {
        config: { access: 'signed' },
        schema: {
          tags: ['evacuation'],
          summary: 'Alarm of a fire panel, signed as Standard Webhooks ask',
          params: z.object({ buildingId: Id }),
          body: AlarmSignal,
          response: { 200: AlarmAnswer, 201: AlarmAnswer, '4xx': Problem },
        },
        preValidation: async (request) => {
          verify(request, bodies.get(request) ?? Buffer.alloc(0), key, clock.now());
        },
      },
      async ({ params, body, headers }, reply) => {
        const answer = await takeAlarm(params.buildingId, body, String(headers['webhook-id']));
        return reply.status(answer.outcome === 'started' ? 201 : 200).send(answer);
      },
    );
  });
}

/** `whsec_` and base64, as Standard Webhooks write a secret; any other text is used as it is. */
export const webhookKey = (secret: string): Buffer =>
  secret.startsWith('whsec_')
    ? Buffer.from(secret.slice('whsec_'.length), 'base64')
    : Buffer.from(secret, 'utf8');

/** The value of `webhook-signature` for a message. `timestamp` in seconds since 1970. */
export function signWebhook(
  { id, timestamp, body }: { id: string; timestamp: number; body: Buffer | string },
  key: Buffer,
): string {
  const mac = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body);
  return `v1,${mac.digest('base64')}`;
}

/** @throws NotAuthenticated saying what is wrong with the headers, never what would be right. */
function verify(request: FastifyRequest, body: Buffer, key: Buffer, now: Date): void {
  const id = headerOf(request, 'webhook-id');
  const timestamp = Number(headerOf(request, 'webhook-timestamp'));
  const given = headerOf(request, 'webhook-signature');
  if (!/^[\x21-\x7e]{1,256}$/.test(id) || !Number.isSafeInteger(timestamp) || given === '') {
    throw wrong('The headers webhook-id, webhook-timestamp and webhook-signature are needed.');
  }
  const expected = Buffer.from(signWebhook({ id, timestamp, body }, key));
  const isSigned = given.split(' ').some((one) => {
    const signature = Buffer.from(one);
    return signature.length === expected.length && timingSafeEqual(signature, expected);
  });
  if (!isSigned)
    throw wrong(
      'The signature does not fit. Check the secret and that the body is sent as signed.',
    );
  if (Math.abs(now.getTime() / 1000 - timestamp) > toleranceSeconds) {
    throw wrong(
      'The message is older or newer than 5 minutes. Check the clocks and sign it again.',
    );
  }
}

function headerOf(request: FastifyRequest, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}

const wrong = (text: string): NotAuthenticated =>
  new NotAuthenticated('evacuation/signature-wrong', text);
