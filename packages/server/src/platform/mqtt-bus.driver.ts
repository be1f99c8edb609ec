import { filterCovers } from '@vigie/contracts/topics';
import { connect, type IClientOptions, type IPublishPacket, type MqttClient } from 'mqtt';
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
  protocolVersion = 5,
  tls = {},
}: {
  url: string;
  /** PEM: the only authority to trust, and what is shown to the broker. */
  tls?: { ca?: string; cert?: string; key?: string };
  instance: string;
  log: Log;
  /** 4 is MQTT 3.1.1, for brokers that know no other: no work is shared between servers. */
  protocolVersion?: 4 | 5;
}): Bus {
  const isModern = protocolVersion === 5;
  const handlers: { filter: string; handler: BusHandler; shared: boolean }[] = [];
  const clients: MqttClient[] = [];
  /** Publishes only: an acknowledgement waits behind what its connection is still taking. */
  let voice: MqttClient | undefined;

  async function take(
    client: MqttClient,
    packet: Pick<IPublishPacket, 'topic' | 'payload'>,
    shared: boolean,
  ): Promise<void> {
    const { topic } = packet;
    const payload = Buffer.from(packet.payload);
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

  /** `shared` undefined: takes nothing. */
  async function open(name: string, shared: boolean | undefined): Promise<MqttClient> {
    const options: IClientOptions = {
      ...tls,
      protocolVersion,
      clientId: `vigie-${instance}-${name}`,
      clean: false,
      ...(isModern ? { properties: { sessionExpiryInterval: 7 * 24 * 3600 } } : {}),
      connectTimeout: 10_000,
      reconnectPeriod: 1000,
    };
    const client = connect(url, { ...options, manualConnect: true });
    // Before connecting: a kept session delivers at once, and what the default handler gets is lost.
    client.handleMessage = (packet, done) => {
      take(client, packet, shared ?? false).then(() => done(), done);
    };
    await firstConnection(client);
    client.on('error', (error) =>
      log.error({ error: error.message }, 'the MQTT broker reported an error'),
    );
    const filters = handlers
      .filter((entry) => entry.shared === shared)
      .map(({ filter }) => (shared && isModern ? `$share/vigie/${filter}` : filter));
    if (filters.length > 0) await client.subscribeAsync(filters, { qos: 1 });
    return client;
  }

  return {
    handle: (filter, handler, { shared = false }: HandleOptions = {}) =>
      void handlers.push({ filter, handler, shared }),
    publish: async (topic, payload, { retain = false, qos = 1 } = {}) => {
      if (!voice)
        throw new Unavailable('platform/unavailable', 'The MQTT broker is not connected.');
      await voice.publishAsync(topic, Buffer.from(payload), { retain, qos });
    },
    start: async () => {
      voice = await open('voice', undefined);
      clients.push(voice, await open('main', false));
      if (!handlers.some(({ shared }) => shared)) return;
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
