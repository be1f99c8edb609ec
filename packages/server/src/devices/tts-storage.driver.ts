import type { Log } from '../platform/log.ts';
import { isUnreadable, readTtsStorage, type Uplink } from './formats/index.ts';

/** Where The Things Stack keeps what it sent: its MQTT is QoS 0, so that what came while we were away is asked for. */
export interface TtsStorage {
  /** Messages stored after a moment, oldest first. @throws Error when the network does not answer. */
  uplinksAfter(moment: Date): Promise<Uplink[]>;
}

/** Source: The Things Stack v3, Storage Integration, `GET /as/applications/{id}/packages/storage/uplink_message`. */
export function createTtsStorage({
  apiUrl,
  application,
  key,
  log,
}: {
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
      const answer = await fetch(url, {
        headers: { authorization: `Bearer ${key}`, accept: 'text/event-stream' },
        signal: AbortSignal.timeout(60_000),
      });
      const text = await answer.text();
      if (!answer.ok)
        throw new Error(`The Things Stack answered ${answer.status}: ${text.slice(0, 200)}`);
      return readTtsStorage(text).flatMap((uplink) => {
        if (!isUnreadable(uplink)) return [uplink];
        log.warn({ error: uplink.unreadable }, 'a stored message could not be read');
        return [];
      });
    },
  };
}
