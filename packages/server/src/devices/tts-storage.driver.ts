import type { Log } from '../platform/log.ts';
import type { AskOutside } from '../platform/outgoing.driver.ts';
import { isUnreadable, readTtsStorage, type Uplink } from './formats/index.ts';

/** Where The Things Stack keeps what it sent: its MQTT is QoS 0, so that what came while we were away is asked for. */
export interface TtsStorage {
  /** Messages stored after a moment, oldest first. @throws Error when the network does not answer. */
  uplinksAfter(moment: Date): Promise<Uplink[]>;
}

/** What the network keeps of a night is long. */
const limits = { patienceMs: 60_000, mostBytes: 64 * 1_048_576 };

/** Source: The Things Stack v3, Storage Integration, `GET /as/applications/{id}/packages/storage/uplink_message`. */
export function createTtsStorage({
  ask,
  apiUrl,
  application,
  key,
  log,
}: {
  ask: AskOutside;
  /** e.g. `https://eu1.cloud.thethings.network` */
  apiUrl: string;
  application: string;
  key: string;
  log: Log;
}): TtsStorage {
  return {
    uplinksAfter: async (moment) => {
      const url = new URL(
        `/api/v3/as/applications/${encodeURIComponent(application)}/packages/storage/uplink_message`,
        apiUrl,
      );
      url.searchParams.set('after', moment.toISOString());
      url.searchParams.set('order', 'received_at');
      const headers = { authorization: `Bearer ${key}`, accept: 'text/event-stream' };
      const { status, text } = await ask({ url: url.href, method: 'GET', headers }, limits);
      if (status !== 200)
        throw new Error(`The Things Stack answered ${status}: ${text.slice(0, 200)}`);
      return readTtsStorage(text).flatMap((uplink) => {
        if (!isUnreadable(uplink)) return [uplink];
        log.warn({ error: uplink.unreadable }, 'a stored message could not be read');
        return [];
      });
    },
  };
}
