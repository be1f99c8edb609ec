import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { DeviceKind } from '@vigie/contracts/devices';
import { filterCovers, topicRights } from '@vigie/contracts/topics';
import { Aedes, type AuthenticateError, type Client } from 'aedes';
import type { Bus, BusHandler, PublishOptions } from './bus.ts';
import { messageOf } from './errors.ts';
import { listen } from './listen.ts';
import type { Log } from './log.ts';
import { asksForMqtt5, asMqtt311 } from './mqtt5.driver.ts';

/** Who a device is, by its credential; `undefined` when user name or password are wrong. */
export type IdentifyDevice = (
  username: string,
  password: string,
) => Promise<{ kind: DeviceKind; id: string } | undefined>;

interface BrokerOptions {
  host: string;
  port: number;
  identify: IdentifyDevice;
  log: Log;
}

/** The broker inside the server. `port` is known after `start()`. */
export interface EmbeddedBroker extends Bus {
  port(): number;
  /** Serves one more connection, e.g. a WebSocket's stream. */
  accept(connection: Duplex): void;
  /** Ends the connections of a device whose credential was changed or removed. */
  disconnect(kind: DeviceKind, id: string): void;
}

type Identity = { kind: DeviceKind; id: string };

/**
 * MQTT 3.1.1 by aedes, MQTT 5 through `mqtt5.driver.ts`. Anonymous is refused; each device is confined to the
 * topics of its kind. A PUBLISH is acknowledged after the handlers' promises, so after the commit.
 */
export function createEmbeddedBroker({ host, port, identify, log }: BrokerOptions): EmbeddedBroker {
  const handlers: { filter: string; handler: BusHandler }[] = [];
  const identities = new WeakMap<Client, Identity>();
  const connected = new Set<Client>();
  const sockets = new Set<Socket>();
  let aedes: Aedes | undefined;
  let server: Server | undefined;

  const broker = (): Aedes => {
    if (!aedes) throw new Error('the broker is not started');
    return aedes;
  };

  async function take(topic: string, payload: Uint8Array): Promise<void> {
    const wanted = handlers.filter(({ filter }) => filterCovers(filter, topic));
    await Promise.all(wanted.map(({ handler }) => handler({ topic, payload })));
  }

  const rightsOf = (client: Client) => {
    const identity = identities.get(client);
    return identity ? topicRights[identity.kind](identity.id) : { publish: [], subscribe: [] };
  };

  async function openAedes(): Promise<Aedes> {
    const made = await Aedes.createBroker({
      concurrency: 1000,
      queueLimit: 10_000,
      authenticate: (client, username, password, done) => {
        identify(username ?? '', password?.toString() ?? '').then(
          (identity) => {
            if (!identity) return done(refusal(), false);
            identities.set(client, identity);
            // A client id belongs to its credential: nobody can push another device off the broker with it.
            client.id = `${identity.kind}:${identity.id}/${client.id}`;
            done(null, true);
          },
          (error) => {
            log.error({ error: messageOf(error) }, 'a device could not be identified');
            done(unavailable(), false);
          },
        );
      },
      authorizePublish: (client, packet, done) => {
        if (
          client &&
          !rightsOf(client).publish.some((filter) => filterCovers(filter, packet.topic))
        ) {
          log.warn(
            { client: client.id, topic: packet.topic },
            'publishing refused: not a topic of this device',
          );
          return done(new Error(`publishing to ${packet.topic} is not allowed`));
        }
        take(packet.topic, Buffer.from(packet.payload)).then(
          () => done(null),
          (error) => {
            log.error(
              { topic: packet.topic, error: messageOf(error) },
              'a message was not taken; its sender will repeat it',
            );
            done(error instanceof Error ? error : new Error(String(error)));
          },
        );
      },
      authorizeSubscribe: (client, subscription, done) => {
        const isAllowed = rightsOf(client).subscribe.some((filter) =>
          filterCovers(filter, subscription.topic),
        );
        if (!isAllowed)
          log.warn({ client: client.id, topic: subscription.topic }, 'subscribing refused');
        done(null, isAllowed ? subscription : null);
      },
    });
    made.on('client', (client) => void connected.add(client));
    made.on('clientDisconnect', (client) => void connected.delete(client));
    made.on('clientError', (client, error) =>
      log.debug({ client: client.id, error: error.message }, 'a device connection broke'),
    );
    made.on('connectionError', (client, error) =>
      log.debug({ client: client.id, error: error.message }, 'a device connection was refused'),
    );
    return made;
  }

  function accept(connection: Duplex): void {
    connection.on('error', (error) => log.debug({ error: error.message }, 'a connection broke'));
    let start: Buffer = Buffer.alloc(0);
    const look = () => {
      const more: Buffer | null = connection.read();
      if (!more) return;
      start = Buffer.concat([start, more]);
      const isFive = asksForMqtt5(start);
      // Put back now, they would be readable again at once, and nobody else would have a turn until more come.
      if (isFive === undefined) return;
      connection.unshift(start);
      connection.off('readable', look);
      broker().handle(isFive ? asMqtt311(connection) : connection);
    };
    connection.on('readable', look);
  }

  return {
    handle: (filter, handler) => void handlers.push({ filter, handler }),
    accept,
    port: () => {
      const address = server?.address();
      return typeof address === 'object' && address ? address.port : port;
    },
    disconnect: (kind, id) => {
      for (const client of connected) {
        const identity = identities.get(client);
        if (identity?.kind === kind && identity.id === id) client.close();
      }
    },
    publish: async (topic, payload, { retain = false, qos = 1 }: PublishOptions = {}) => {
      const packet = {
        cmd: 'publish',
        topic,
        payload: Buffer.from(payload),
        retain,
        qos,
        dup: false,
      } as const;
      await new Promise<void>((resolve, reject) =>
        broker().publish(packet, (error) => (error ? reject(error) : resolve())),
      );
    },
    start: async () => {
      aedes = await openAedes();
      server = createServer((socket) => {
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket));
        socket.setNoDelay(true);
        accept(socket);
      });
      await listen(server, { host, port, setting: 'VIGIE_MQTT_PORT' });
    },
    stop: async () => {
      const closing = new Promise<void>((resolve) =>
        server ? server.close(() => resolve()) : resolve(),
      );
      await new Promise<void>((resolve) => (aedes ? aedes.close(() => resolve()) : resolve()));
      for (const socket of sockets) socket.destroy();
      await closing;
    },
  };
}

const refusal = (): AuthenticateError =>
  Object.assign(new Error('wrong user name or password'), { returnCode: 4 });
const unavailable = (): AuthenticateError =>
  Object.assign(new Error('server unavailable'), { returnCode: 3 });
