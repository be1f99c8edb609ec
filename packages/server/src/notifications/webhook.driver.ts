import { createHmac } from 'node:crypto';
import type { CaseEvent, CaseNotice } from '@vigie/contracts/case-notice';
import { Unavailable } from '../platform/errors.ts';
import type { AskOutside } from '../platform/outgoing.driver.ts';
import { call } from './http-call.driver.ts';
import type { Carrier, Letter } from './letter.ts';

/** `secret`: `whsec_` and base64; undefined: nothing can be signed, messages wait. `source`: public address of this Vigie. */
interface WebhookOptions {
  ask: AskOutside;
  secret: string | undefined;
  source: string;
  now(): Date;
}

/**
 * Messages as CloudEvents by HTTP POST. The id is the message's own, so the same when it is sent again; the time of the
 * signature is that of the attempt, so that a late attempt is not taken for a replay.
 * Source: CloudEvents 1.0.2, HTTP binding, structured mode; Standard Webhooks 1.0.
 */
export function createWebhookDriver({ ask, secret, source, now }: WebhookOptions): Carrier {
  return {
    send: async (letter) => {
      if (secret === undefined) {
        throw new Unavailable(
          'platform/unavailable',
          'No key for webhooks is set. Set VIGIE_CASE_WEBHOOK_SECRET; the message waits.',
        );
      }
      const body = JSON.stringify(eventOf(letter, source));
      const timestamp = String(Math.floor(now().getTime() / 1000));
      await call(ask, {
        url: letter.recipient,
        method: 'POST',
        headers: {
          'content-type': 'application/cloudevents+json; charset=utf-8',
          'webhook-id': letter.id,
          'webhook-timestamp': timestamp,
          'webhook-signature': signature(secret, [letter.id, timestamp, body]),
        },
        body,
      });
    },
    stop: () => undefined,
  };
}

function signature(secret: string, parts: readonly string[]): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(parts.join('.')).digest('base64')}`;
}

function eventOf({ id, createdAt, data }: Letter, source: string): CaseEvent {
  const notice = requireData(data, id);
  return {
    specversion: '1.0',
    id,
    source,
    type: `vigie.case.${notice.kind}`,
    subject: notice.caseId,
    time: createdAt,
    datacontenttype: 'application/json',
    data: notice,
  };
}

function requireData(data: CaseNotice | null, id: string): CaseNotice {
  if (!data) throw new Error(`message ${id} has no data for machines`);
  return data;
}
