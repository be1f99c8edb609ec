import { createHash } from 'node:crypto';
import * as z from 'zod';
import { Unavailable } from '../platform/errors.ts';
import type { AskOutside } from '../platform/outgoing.driver.ts';
import { CallRefused, call } from './http-call.driver.ts';
import type { Carrier } from './letter.ts';

/**
 * Access to OVHcloud's API. The keys need the rights GET /auth/time, POST /sms/{service}/jobs and
 * GET /sms/{service}/outgoing. `sender` undefined: a number that takes answers.
 */
export interface OvhSettings {
  url: string;
  appKey: string;
  appSecret: string;
  consumerKey: string;
  service: string;
  sender: string | undefined;
}

const Report = z.object({ validReceivers: z.array(z.string()) });
const Ids = z.array(z.unknown());

/**
 * SMS over OVHcloud. Each carries the message's id as its tag: after an attempt whose answer was lost, the tag is looked
 * for before the SMS is sent again. Source: OVHcloud API, /sms; first steps with the API, signature `$1$`.
 */
export function createOvhSms(settings: OvhSettings, ask: AskOutside): Carrier {
  const path = `/sms/${encodeURIComponent(settings.service)}`;
  const api = createSignedApi(settings, ask);
  const { sender } = settings;

  async function wasTaken(tag: string): Promise<boolean> {
    try {
      const found = await api('GET', `${path}/outgoing?tag=${encodeURIComponent(tag)}`);
      return Ids.parse(JSON.parse(found)).length > 0;
    } catch (error) {
      // Keys without this right can still send: better twice than never.
      if (error instanceof CallRefused && error.answered === 403) return false;
      throw error;
    }
  }

  return {
    send: async ({ id, recipient, text, attempts }) => {
      if (attempts > 1 && (await wasTaken(id))) return;
      const from = sender === undefined ? { senderForResponse: true } : { sender };
      const report = await api('POST', `${path}/jobs`, {
        message: text,
        receivers: [recipient],
        noStopClause: true,
        priority: 'high',
        tag: id,
        ...from,
      });
      if (Report.parse(JSON.parse(report)).validReceivers.length === 0)
        throw new Unavailable('platform/unavailable', 'OVHcloud does not take this number.');
    },
    stop: () => undefined,
  };
}

function createSignedApi(settings: OvhSettings, ask: AskOutside) {
  const { url, appKey, appSecret, consumerKey } = settings;
  /** By their clock, in seconds: a signature with a wrong time is refused. */
  const theirTime = () => call(ask, { url: `${url}/auth/time`, method: 'GET' });

  return async (method: string, path: string, body?: object): Promise<string> => {
    const timestamp = (await theirTime()).trim();
    const json = body === undefined ? '' : JSON.stringify(body);
    const parts = [appSecret, consumerKey, method, url + path, json, timestamp];
    const headers = {
      'content-type': 'application/json',
      'X-Ovh-Application': appKey,
      'X-Ovh-Consumer': consumerKey,
      'X-Ovh-Timestamp': timestamp,
      'X-Ovh-Signature': `$1$${createHash('sha1').update(parts.join('+')).digest('hex')}`,
    };
    const request = { url: url + path, method, headers };
    return call(ask, body === undefined ? request : { ...request, body: json });
  };
}
