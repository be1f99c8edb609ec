import { setTimeout as sleep } from 'node:timers/promises';
import type { BollardState } from '@vigie/contracts/parking';
import { topics } from '@vigie/contracts/topics';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import type { Contact, Log } from './bollard.service.ts';
import { brokerUrlOf } from './broker-url.ts';

/** Where the broker is and who we are there. `reconnectMs`: mean pause between attempts. */
export interface ContactOptions {
  id: string;
  key: string;
  brokerUrl: string;
  reconnectMs: number;
  log: Log;
}

/**
 * The bollard's line to the broker: MQTT 3.1.1, user name = id, password = key. It tries again for ever; a
 * message once handed over is repeated, unchanged, on every new connection until it is acknowledged.
 * @throws RangeError when the URL names no MQTT protocol.
 */
export function createContact(options: ContactOptions): Contact {
  const { id, log } = options;
  const brokerUrl = brokerUrlOf(options.brokerUrl);
  let client: MqttClient | undefined;
  let lastError = '';

  function open(onDisplay: (payload: Uint8Array) => void): void {
    const made = connect(brokerUrl, settings(options));
    client = made;
    made.on('connect', () => {
      lastError = '';
      log.info({ id, brokerUrl }, 'connected to the broker');
      made.publish(topics.bollardStatus(id), 'online', { qos: 1, retain: true });
      made.subscribe(topics.bollardDisplay(id), { qos: 1 });
    });
    made.on('message', (_topic, payload) => onDisplay(payload));
    made.on('offline', () => log.warn({ id, brokerUrl }, 'the broker does not answer'));
    made.on('error', ({ message }) => {
      if (message !== lastError) log.error({ id, brokerUrl, error: message }, 'no connection');
      lastError = message;
    });
  }

  return {
    start: open,
    deliver: async (state: BollardState) => {
      if (!client) throw new Error('the contact is not started');
      await client.publishAsync(topics.bollardState(id), JSON.stringify(state), { qos: 1 });
    },
    stop: async () => {
      if (client?.connected) await sayGoodbye(client, options);
      await client?.endAsync(true);
    },
  };
}

/** Waits a second at most: where the broker does not answer, the last will says the same. */
async function sayGoodbye(client: MqttClient, { id, log }: ContactOptions): Promise<void> {
  const patience = new AbortController();
  const said = client
    .publishAsync(topics.bollardStatus(id), 'offline', { qos: 1, retain: true })
    .catch((error: Error) => log.warn({ id, error: error.message }, 'left without a goodbye'));
  await Promise.race([said, sleep(1000, undefined, { signal: patience.signal }).catch(() => {})]);
  patience.abort();
}

function settings({ id, key, reconnectMs }: ContactOptions): IClientOptions {
  return {
    clientId: `bollard-${id}`,
    username: id,
    password: key,
    protocolVersion: 4,
    clean: true,
    resubscribe: false,
    keepalive: 60,
    connectTimeout: 10_000,
    // Thousands come back at once after a power cut: each waits its own time.
    reconnectPeriod: Math.round(reconnectMs * (0.5 + Math.random())),
    reconnectOnConnackError: true,
    will: {
      topic: topics.bollardStatus(id),
      payload: Buffer.from('offline'),
      qos: 1,
      retain: true,
    },
  };
}
