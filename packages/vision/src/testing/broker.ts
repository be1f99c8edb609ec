import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { Aedes } from 'aedes';
import { connectAsync, type MqttClient } from 'mqtt';

/** Every message of the bus as a test client sees it. */
export interface BusWatcher {
  readonly client: MqttClient;
  /** newest payload by topic */
  readonly newest: Map<string, Buffer>;
  /** Waits for a message on the topic that pleases; at most `timeoutMs`. */
  until(topic: string, pleases: (payload: Buffer) => boolean, timeoutMs?: number): Promise<Buffer>;
}

/** A real broker on a free port of 127.0.0.1 that lets anyone in and remembers who came as whom. */
export async function startBroker() {
  /** user names in the order of their connections */
  const users: string[] = [];
  const broker = await Aedes.createBroker({
    authenticate: (_client, username, _password, done) => {
      users.push(username ?? '');
      done(null, true);
    },
  });
  const server = createServer(broker.handle);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clients: MqttClient[] = [];
  return {
    url,
    users,
    async watch(): Promise<BusWatcher> {
      const client = await connectAsync(url);
      clients.push(client);
      return watcherOf(client);
    },
    async stop() {
      await Promise.all(clients.map((client) => client.endAsync(true)));
      const closed = new Promise((done) => server.close(done));
      await new Promise<void>((done) => broker.close(() => done()));
      await closed;
    },
  };
}

async function watcherOf(client: MqttClient): Promise<BusWatcher> {
  const newest = new Map<string, Buffer>();
  client.on('message', (topic, payload) => newest.set(topic, payload));
  await client.subscribeAsync('vigie/#', { qos: 1 });
  return {
    client,
    newest,
    until(topic, pleases, timeoutMs = 20_000) {
      return new Promise((resolve, reject) => {
        const listen = (on: string, payload: Buffer): void => {
          if (on !== topic || !pleases(payload)) return;
          finish();
          resolve(payload);
        };
        const timer = setTimeout(() => {
          finish();
          const last = newest.get(topic)?.subarray(0, 400).toString() ?? 'nothing';
          reject(
            new Error(`${topic}: not what was waited for within ${timeoutMs} ms; last: ${last}`),
          );
        }, timeoutMs);
        const finish = (): void => {
          clearTimeout(timer);
          client.off('message', listen);
        };
        client.on('message', listen);
        const known = newest.get(topic);
        if (known) listen(topic, known);
      });
    },
  };
}
