import { idIn, topics } from '@vigie/contracts/topics';
import type { Bus } from '../platform/bus.ts';
import type { DevicesStore } from './devices.store.ts';

/** Keeps the connection state of the bollards, from their retained status and last will. */
export function handleStatus(bus: Bus, store: Pick<DevicesStore, 'saveOnline'>): void {
  bus.handle(topics.bollardStatus('+'), async ({ topic, payload }) => {
    const id = idIn(topics.bollardStatus, topic);
    const word = new TextDecoder().decode(payload);
    if (id && (word === 'online' || word === 'offline'))
      await store.saveOnline(id, word === 'online');
  });
}
