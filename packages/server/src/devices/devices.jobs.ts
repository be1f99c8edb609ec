import { messageOf } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import type { FaultsService } from './faults.service.ts';
import type { Reception } from './reception.service.ts';
import type { TtsStorage } from './tts-storage.driver.ts';

/** How often silent devices are looked for. Real time; one indexed look, however many devices there are. */
const lookMs = 5000;

interface Watch {
  start(): void;
  stop(): Promise<void>;
}

/** Opens a fault for each device that is silent for too long. */
export function createSilenceWatch(faults: Pick<FaultsService, 'noteSilence'>, log: Log): Watch {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  let isStopped = true;

  async function look(): Promise<void> {
    try {
      while ((await faults.noteSilence()) > 0);
    } catch (error) {
      log.error({ error: messageOf(error) }, 'silent devices could not be looked for');
    }
    schedule(lookMs);
  }

  function schedule(waitMs: number): void {
    if (isStopped) return;
    timer = setTimeout(() => {
      running = look();
    }, waitMs);
  }

  return {
    start: () => {
      isStopped = false;
      schedule(0);
    },
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** Asks The Things Stack for what came while nobody listened; repeats nothing, because messages keep their keys. */
export async function backfill(
  storage: TtsStorage,
  { reception, after, log }: { reception: Reception; after: Date; log: Log },
): Promise<void> {
  try {
    const uplinks = await storage.uplinksAfter(after);
    for (const message of uplinks)
      await reception.uplink({ message, raw: JSON.stringify(message), downTopic: null });
    log.info({ after, messages: uplinks.length }, 'The Things Stack was asked for what was missed');
  } catch (error) {
    log.error(
      { after, error: messageOf(error) },
      'what was missed could not be had from The Things Stack; it is asked again after the next connection',
    );
  }
}

/** How long a network that does not answer is left alone. Real time. */
const pauseMs = 5000;

/** Connects a network in the background, for as long as it takes: a town runs without it meanwhile. */
export function createConnector(
  connect: () => Promise<void>,
  { name, log }: { name: string; log: Log },
): Watch {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  let isStopped = true;

  async function attempt(): Promise<void> {
    try {
      await connect();
      log.info({ network: name }, 'connected to the network of the sensors');
    } catch (error) {
      log.error({ network: name, error: messageOf(error) }, 'the network of the sensors is away');
      if (isStopped) return;
      timer = setTimeout(() => {
        running = attempt();
      }, pauseMs);
    }
  }

  return {
    start: () => {
      isStopped = false;
      running = attempt();
    },
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
