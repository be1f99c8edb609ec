import { filterCovers } from '@vigie/contracts/topics';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import type { Bus, BusHandler, HandleOptions } from './bus.ts';
import { messageOf, Unavailable } from './errors.ts';
import type { Log } from './log.ts';

/** Connections that share the work of one server; each is strictly serial, the group commit spans them. */
const width = 4;

/**
 * The bus on an outside broker (MQTT 5). Persistent sessions with fixed client ids; a message is acknowledged
 * after its handlers' promises. Shared work comes through `$share/vigie/…`, so that several servers divide it.
 */
export function createMqttBus({
  url,
  instance,
  log,
}: {
  url: string;
  instance: string;
  log: Log;
}): Bus {
  const handlers: { filter: string; handler: BusHandler; shared: boolean }[] = [];
  const clients: MqttClient[] = [];

  async function take(
    client: MqttClient,
    topic: string,
    payload: Buffer,
    shared: boolean,
  ): Promise<void> {
    const wanted = handlers.filter(
      (entry) => entry.shared === shared && filterCovers(entry.filter, topic),
    );
    try {
      await Promise.all(wanted.map(({ handler }) => handler({ topic, payload })));
    } catch (error) {
      log.error(
        { topic, error: messageOf(error) },
        'a message was not taken; the broker will repeat it',
      );
      client.stream.destroy();
      throw error;
    }
  }

  async function open(name: string, shared: boolean): Promise<MqttClient> {
    const options: IClientOptions = {
      protocolVersion: 5,
      clientId: `vigie-${instance}-${name}`,
      clean: false,
      properties: { sessionExpiryInterval: 7 * 24 * 3600 },
      connectTimeout: 10_000,
      reconnectPeriod: 1000,
    };
    const client = connect(url, { ...options, manualConnect: true });
    // Before connecting: a kept session delivers at once, and what the default handler gets is lost.
    client.handleMessage = (packet, done) => {
      take(client, packet.topic, Buffer.from(packet.payload), shared).then(() => done(), done);
    };
    await firstConnection(client);
    client.on('error', (error) =>
      log.error({ error: error.message }, 'the MQTT broker reported an error'),
    );
    const filters = handlers
      .filter((entry) => entry.shared === shared)
      .map(({ filter }) => (shared ? `$share/vigie/${filter}` : filter));
    if (filters.length > 0) await client.subscribeAsync(filters, { qos: 1 });
    return client;
  }

  return {
    handle: (filter, handler, { shared = false }: HandleOptions = {}) =>
      void handlers.push({ filter, handler, shared }),
    publish: async (topic, payload, { retain = false, qos = 1 } = {}) => {
      const [client] = clients;
      if (!client)
        throw new Unavailable('platform/unavailable', 'The MQTT broker is not connected.');
      await client.publishAsync(topic, Buffer.from(payload), { retain, qos });
    },
    start: async () => {
      clients.push(await open('main', false));
      for (let i = 0; i < width; i++) clients.push(await open(`worker-${i}`, true));
    },
    stop: async () => {
      await Promise.all(clients.splice(0).map((client) => client.endAsync()));
    },
  };
}

/** @throws Unavailable when the first attempt fails; later ones are repeated for ever. */
function firstConnection(client: MqttClient): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error?: Error) => {
      client.end(true);
      reject(
        new Unavailable(
          'platform/unavailable',
          `The MQTT broker does not answer: ${error?.message ?? 'the connection was closed'}. Check MQTT_URL.`,
          { cause: error },
        ),
      );
    };
    client.once('error', fail);
    client.once('close', fail);
    client.once('connect', () => {
      client.off('error', fail);
      client.off('close', fail);
      resolve();
    });
    client.connect();
  });
}
