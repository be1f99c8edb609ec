import { idIn, topics } from '@vigie/contracts/topics';
import { type CameraConfig, Occupancy } from '@vigie/contracts/vision';
import * as z from 'zod';
import { type Bus, publishJson } from '../platform/bus.ts';
import { messageOf } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';

interface BusDeps {
  bus: Pick<Bus, 'handle'>;
  /** Resolves after the commit. */
  take: (cameraId: string, occupancy: Occupancy) => Promise<void>;
  log: Log;
}

/** Takes what cameras say of parking spaces. A bad message is logged and changes nothing. */
export function handleOccupancy({ bus, take, log }: BusDeps): void {
  const handler: Parameters<Bus['handle']>[1] = async ({ topic, payload }) => {
    const occupancy = readOccupancy(payload);
    // Acknowledged all the same: repeating it would not make it better.
    if ('error' in occupancy)
      log.warn({ topic, ...occupancy }, 'a message breaks its contract and was left out');
    else await take(idIn(topics.cameraOccupancy, topic) ?? '', occupancy);
  };
  bus.handle(topics.cameraOccupancy('+'), handler, { shared: true });
}

function readOccupancy(payload: Uint8Array): Occupancy | { error: string } {
  try {
    const parsed = Occupancy.safeParse(JSON.parse(new TextDecoder().decode(payload)));
    return parsed.success ? parsed.data : { error: z.prettifyError(parsed.error) };
  } catch (error) {
    return { error: messageOf(error) };
  }
}

/** Tells the workers about a camera, retained; `undefined`: there is none any longer. */
export const sendCameraConfig = (
  bus: Pick<Bus, 'publish'>,
  cameraId: string,
  config: CameraConfig | undefined,
): Promise<void> =>
  config
    ? publishJson(bus, topics.cameraConfig(cameraId), config, { retain: true })
    : bus.publish(topics.cameraConfig(cameraId), '', { retain: true });
