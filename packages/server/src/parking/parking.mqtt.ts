import { BollardState } from '@vigie/contracts/parking';
import { idIn, topics } from '@vigie/contracts/topics';
import * as z from 'zod';
import { type Bus, publishJson } from '../platform/bus.ts';
import type { Clock } from '../platform/clock.ts';
import { messageOf } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import type { Report } from './parking.service.ts';

/** Reports of bollards come in; each is acknowledged after `take` has committed it. */
export function handleReports(
  bus: Bus,
  { take, clock, log }: { take: (report: Report) => Promise<void>; clock: Clock; log: Log },
): void {
  bus.handle(
    topics.bollardState('+'),
    async ({ topic, payload }) => {
      const bollardId = idIn(topics.bollardState, topic);
      const state = readState(payload);
      if (!bollardId || 'error' in state) {
        // Acknowledged all the same: repeating it would not make it better.
        log.warn(
          { topic, error: 'error' in state ? state.error : 'no id' },
          'a report could not be read; it was dropped',
        );
        return;
      }
      await take({ bollardId, state, receivedAt: clock.now() });
    },
    { shared: true },
  );
}

function readState(payload: Uint8Array): BollardState | { error: string } {
  try {
    const parsed = BollardState.safeParse(JSON.parse(new TextDecoder().decode(payload)));
    return parsed.success ? parsed.data : { error: z.prettifyError(parsed.error) };
  } catch (error) {
    return { error: messageOf(error) };
  }
}

/** Sends a display, retained, so that a bollard which comes back finds it. */
export const sendDisplay = (bus: Bus, bollardId: string, display: unknown): Promise<void> =>
  publishJson(bus, topics.bollardDisplay(bollardId), display, { retain: true });
