import { topics } from '@vigie/contracts/topics';
import { type Bus, publishJson } from '../platform/bus.ts';
import type { Carrier } from './letter.ts';

/** Messages on the bus, not retained: who is away gets the reminder. `recipient` is the last level of the topic. */
export const createMqttCarrier = (bus: Pick<Bus, 'publish'>): Carrier => ({
  send: ({ recipient, data }) => publishJson(bus, topics.caseNotice(recipient), data),
  stop: () => undefined,
});
