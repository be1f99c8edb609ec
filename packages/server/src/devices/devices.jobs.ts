import { messageOf } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import { createRepeated, type Repeated } from '../platform/repeat.ts';
import type { FaultsService } from './faults.service.ts';
import type { Reception } from './reception.service.ts';
import type { TtsStorage } from './tts-storage.driver.ts';

/** How often silent devices are looked for. Real time; one indexed look, however many devices there are. */
const lookMs = 5000;

/** Opens a fault for each device that is silent for too long. */
export const createSilenceWatch = (
  faults: Pick<FaultsService, 'noteSilence'>,
  log: Log,
): Repeated =>
  createRepeated(
    async () => {
      while ((await faults.noteSilence()) > 0);
      return lookMs;
    },
    {
      firstMs: 0,
      retryMs: lookMs,
      failed: (error) =>
        log.error({ error: messageOf(error) }, 'silent devices could not be looked for'),
    },
  );

/** Asks The Things Stack for what came while nobody listened; repeats nothing, because messages keep their keys. */
export async function backfill(
  storage: TtsStorage,
  { reception, after, log }: { reception: Reception; after: Date; log: Log },
): Promise<void> {
  const uplinks = await storage.uplinksAfter(after);
  for (const message of uplinks)
    await reception.uplink({ message, raw: JSON.stringify(message), downTopic: null });
  log.info({ after, messages: uplinks.length }, 'The Things Stack was asked for what was missed');
}

/** How long a network that does not answer is left alone. Real time. */
const pauseMs = 5000;

interface Connecting {
  name: string;
  log: Log;
  /** From when on the network has to be asked for what was missed. */
  missedSince: () => Promise<Date>;
  connect: () => Promise<void>;
  makeUp: (missedSince: Date) => Promise<void>;
}

/**
 * Connects a network in the background, for as long as it takes: a town runs without it meanwhile. Then makes up for what
 * was missed, as often as it takes.
 */
export function createConnector(connecting: Connecting): Repeated {
  const { name, log, connect, makeUp } = connecting;
  let missedSince: Date | undefined;
  let isConnected = false;

  async function attempt(): Promise<null> {
    // Asked before anything can come in, and once: the first live message would hide all that was missed.
    missedSince ??= await connecting.missedSince();
    if (!isConnected) await connect();
    if (!isConnected) log.info({ network: name }, 'connected to the network of the sensors');
    isConnected = true;
    await makeUp(missedSince);
    return null;
  }

  return createRepeated(attempt, {
    firstMs: 0,
    retryMs: pauseMs,
    failed: (error) =>
      log.error(
        { network: name, error: messageOf(error) },
        isConnected
          ? 'what was missed could not be had from the network of the sensors; it is asked again'
          : 'the network of the sensors is away; it is tried again',
      ),
  });
}
