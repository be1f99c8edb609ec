import type { Display } from '@vigie/contracts/parking';
import { idIn, topics } from '@vigie/contracts/topics';
import { type Bus, publishJson } from '../platform/bus.ts';
import type { DevicesStore } from './devices.store.ts';
import type { Reception } from './reception.service.ts';

/** Own bollards on the bus: what they report, and their connection by retained status and last will. */
export function handleBollards(
  bus: Bus,
  { store, reception }: { store: Pick<DevicesStore, 'saveOnline'>; reception: Reception },
): void {
  bus.handle(
    topics.bollardState('+'),
    async ({ topic, payload }) => {
      await reception.ownState(idIn(topics.bollardState, topic) ?? '', payload);
    },
    { shared: true },
  );
  bus.handle(topics.bollardStatus('+'), async ({ topic, payload }) => {
    const id = idIn(topics.bollardStatus, topic);
    const word = new TextDecoder().decode(payload);
    if (id && (word === 'online' || word === 'offline'))
      await store.saveOnline(id, word === 'online');
  });
}

/** Sends a display, retained, so that a bollard which comes back finds it. */
export const sendDisplay = (bus: Bus, bollardId: string, display: Display): Promise<void> =>
  publishJson(bus, topics.bollardDisplay(bollardId), display, { retain: true });

/** Takes a display back, e.g. of a bollard that was replaced. */
export const clearDisplay = (bus: Bus, bollardId: string): Promise<void> =>
  bus.publish(topics.bollardDisplay(bollardId), '', { retain: true });
