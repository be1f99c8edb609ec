import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect as connectPlain } from 'node:net';
import { promisify } from 'node:util';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import mqtt from 'mqtt-packet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestBroker } from '../testing/broker.ts';
import type { EmbeddedBroker } from './embedded-broker.driver.ts';

const run = promisify(execFile);
const devices = {
  'b-1': { key: 'key-of-the-first-bollard', kind: 'bollard', id: 'b-1' },
  'b-2': { key: 'key-of-the-second-bollard', kind: 'bollard', id: 'b-2' },
  'integrator:x': { key: 'key-of-an-integrator-xx', kind: 'integrator', id: 'x' },
} as const;

const publishing = {
  cmd: 'publish',
  topic: 'vigie/bollards/b-1/state',
  qos: 0,
  dup: false,
  retain: false,
} as const;

let broker: EmbeddedBroker;
const clients: MqttClient[] = [];

beforeEach(() => {
  broker = createTestBroker(devices);
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.endAsync(true)));
  await broker.stop();
});

async function connect(
  username: keyof typeof devices | undefined,
  options: IClientOptions = {},
): Promise<MqttClient> {
  const credentials = username ? { username, password: devices[username].key } : {};
  const client = await connectAsync(`mqtt://127.0.0.1:${broker.port()}`, {
    reconnectPeriod: 0,
    ...credentials,
    ...options,
  });
  client.on('error', () => undefined);
  clients.push(client);
  return client;
}

const nextMessage = (client: MqttClient) =>
  new Promise<{ topic: string; text: string; retain: boolean }>((resolve) => {
    client.once('message', (topic, payload, packet) =>
      resolve({ topic, text: payload.toString(), retain: packet.retain }),
    );
  });

const closed = (client: MqttClient) =>
  new Promise<void>((resolve) => client.once('close', () => resolve()));

describe.each([4, 5] as const)('the embedded broker, protocol %s', (protocolVersion) => {
  it('acknowledges a message after its handler is done, not before', async () => {
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const seen: string[] = [];
    broker.handle('vigie/bollards/+/state', async ({ payload }) => {
      seen.push(new TextDecoder().decode(payload));
      await held;
    });
    await broker.start();
    const client = await connect('b-1', { protocolVersion });
    let isAcknowledged = false;
    const done = client.publishAsync('vigie/bollards/b-1/state', 'hello', { qos: 1 }).then(() => {
      isAcknowledged = true;
    });
    await expect.poll(() => seen).toEqual(['hello']);
    expect(isAcknowledged).toBe(false);
    release();
    await done;
  });

  it('sends a message again that was not taken', async () => {
    let attempts = 0;
    broker.handle('vigie/bollards/+/state', async () => {
      if (++attempts === 1) throw new Error('the database is away');
    });
    await broker.start();
    const client = await connect('b-1', {
      protocolVersion,
      reconnectPeriod: 50,
      clean: false,
      clientId: 'keeps',
      properties: { sessionExpiryInterval: 60 },
    });
    await client.publishAsync('vigie/bollards/b-1/state', 'hello', { qos: 1 });
    expect(attempts).toBe(2);
  });

  it.each([
    ['nobody', {}],
    ['a wrong password', { username: 'b-1', password: 'wrong' }],
    ['an unknown name', { username: 'b-9', password: devices['b-1'].key }],
    ['an empty password', { username: 'b-1', password: '' }],
  ])('refuses %s', async (_name, credentials) => {
    await broker.start();
    await expect(connect(undefined, { protocolVersion, ...credentials })).rejects.toThrow(
      /[Nn]ot authorized|[Bb]ad [Uu]ser/,
    );
  });

  it("refuses another device's topics, for publishing and for subscribing", async () => {
    const seen: string[] = [];
    broker.handle('vigie/#', async ({ topic }) => void seen.push(topic));
    await broker.start();
    const client = await connect('b-1', { protocolVersion });
    const granted = await client
      .subscribeAsync(['vigie/bollards/b-2/display', 'vigie/bollards/+/display', '#'])
      .catch((error: unknown) => error);
    expect(granted instanceof Error || granted).toBeTruthy();
    await broker.publish('vigie/bollards/b-2/display', 'secret', { retain: true });
    const end = closed(client);
    client.publish('vigie/bollards/b-2/state', 'forged', { qos: 1 });
    await end;
    expect(seen).toEqual([]);
  });

  it('lets a device read nothing but its own, by no wildcard, share, retained message or $SYS', async () => {
    await broker.start();
    for (const id of ['b-1', 'b-2'])
      await broker.publish(`vigie/bollards/${id}/display`, id, { retain: true });
    const client = await connect('b-1', { protocolVersion });
    const seen: string[] = [];
    client.on('message', (topic) => void seen.push(topic));
    for (const filter of [
      ...['#', '+/#', 'vigie/#', 'vigie/bollards/#', 'vigie/bollards/+/display', '+/+/+/display'],
      ...['vigie/bollards/b-1/#', 'vigie/bollards/b-2/display', 'vigie/bollards/b-2/#'],
      ...['$SYS/#', '$SYS/+/heartbeat', '$share/all/vigie/bollards/b-2/display', '$share/all/#'],
    ]) {
      const [grant] = await client.subscribeAsync(filter, { qos: 1 }).catch(() => []);
      expect([filter, (grant?.qos ?? 128) < 128]).toEqual([filter, false]);
    }
    await broker.publish('vigie/bollards/b-2/display', 'again', { retain: true });
    await client.subscribeAsync('vigie/bollards/b-1/display', { qos: 1 });
    await expect.poll(() => seen).toEqual(['vigie/bollards/b-1/display']);
  });

  it.each([
    ['clears what another is shown', { topic: 'vigie/bollards/b-2/display', payload: '' }],
    ['speaks for another', { topic: 'vigie/bollards/b-2/status', payload: 'online' }],
    ['speaks for the broker', { topic: '$SYS/broker/clients', payload: '1' }],
    ['tells itself what to show', { topic: 'vigie/bollards/b-1/display', payload: '{}' }],
  ])('ends a device that %s, and nothing of it is kept', async (_name, { topic, payload }) => {
    const seen: string[] = [];
    broker.handle('#', async (message) => void seen.push(message.topic));
    await broker.start();
    await broker.publish('vigie/bollards/b-2/display', 'kept', { retain: true });
    seen.length = 0;
    const client = await connect('b-1', { protocolVersion });
    const end = closed(client);
    client.publish(topic, payload, { qos: 1, retain: true });
    await end;
    const bystander = await connect('b-2', { protocolVersion });
    const message = nextMessage(bystander);
    await bystander.subscribeAsync('vigie/bollards/b-2/display', { qos: 1 });
    expect(await message).toMatchObject({ text: 'kept' });
    expect(seen).toEqual([]);
  });

  it('takes a packet of a megabyte, and ends a device that sends a much longer one', async () => {
    const seen: number[] = [];
    broker.handle('vigie/#', async ({ payload }) => void seen.push(payload.length));
    await broker.start();
    const client = await connect('b-1', { protocolVersion });
    const publish = (bytes: number) =>
      client.publishAsync('vigie/bollards/b-1/state', Buffer.alloc(bytes), { qos: 1 });
    await publish(1_000_000);
    const end = closed(client);
    publish(9_000_000).catch(() => undefined);
    await end;
    expect(seen).toEqual([1_000_000]);
  });

  it('sends no will that speaks for another', async () => {
    const seen: string[] = [];
    broker.handle('vigie/#', async ({ topic }) => void seen.push(topic));
    await broker.start();
    const will = { payload: Buffer.from('offline'), retain: true, qos: 1 } as const;
    const forger = await connect('b-1', {
      protocolVersion,
      will: { ...will, topic: 'vigie/bollards/b-2/status' },
    }).catch(() => undefined);
    forger?.stream.destroy();
    const honest = await connect('b-1', {
      protocolVersion,
      will: { ...will, topic: 'vigie/bollards/b-1/status' },
    });
    honest.stream.destroy();
    await expect.poll(() => seen).toEqual(['vigie/bollards/b-1/status']);
  });

  it('keeps the last display for a bollard that comes later', async () => {
    await broker.start();
    await broker.publish('vigie/bollards/b-1/display', '{"day":3}', { retain: true });
    const client = await connect('b-1', { protocolVersion });
    const message = nextMessage(client);
    await client.subscribeAsync('vigie/bollards/b-1/display', { qos: 1 });
    expect(await message).toEqual({
      topic: 'vigie/bollards/b-1/display',
      text: '{"day":3}',
      retain: true,
    });
    await client.unsubscribeAsync('vigie/bollards/b-1/display');
  });

  it('sends the last will when a device vanishes', async () => {
    const seen: string[] = [];
    broker.handle(
      'vigie/bollards/+/status',
      async ({ payload }) => void seen.push(new TextDecoder().decode(payload)),
    );
    await broker.start();
    const client = await connect('b-1', {
      protocolVersion,
      will: {
        topic: 'vigie/bollards/b-1/status',
        payload: Buffer.from('offline'),
        retain: true,
        qos: 1,
      },
    });
    client.stream.destroy();
    await expect.poll(() => seen).toEqual(['offline']);
  });

  it('lets nobody push another device off by taking its client id', async () => {
    await broker.start();
    const first = await connect('b-1', { protocolVersion, clientId: 'same' });
    await connect('b-2', { protocolVersion, clientId: 'same' });
    await first.publishAsync('vigie/bollards/b-1/status', 'online', { qos: 1 });
    expect(first.connected).toBe(true);
  });

  it('ends the connection of a device whose credential was changed', async () => {
    await broker.start();
    const client = await connect('b-1', { protocolVersion });
    const end = closed(client);
    broker.disconnect('bollard', 'b-1');
    await end;
  });
});

const hasMosquitto = existsSync('/usr/bin/mosquitto_pub');

describe.skipIf(!hasMosquitto)('with mosquitto_pub', () => {
  it.each(['mqttv311', 'mqttv5'])('takes a message of %s', async (version) => {
    const seen: string[] = [];
    broker.handle(
      'vigie/bollards/+/state',
      async ({ payload }) => void seen.push(new TextDecoder().decode(payload)),
    );
    await broker.start();
    await run('mosquitto_pub', argumentsFor(version, devices['b-1'].key, 'b-1'));
    expect(seen).toEqual(['hello']);
  });

  it.each(['mqttv311', 'mqttv5'])('refuses a wrong password of %s', async (version) => {
    await broker.start();
    await expect(
      run('mosquitto_pub', argumentsFor(version, 'wrong', 'b-1'), { timeout: 10_000 }),
    ).rejects.toThrow(/not authori[sz]ed|bad user name or password/i);
  });
});

const argumentsFor = (version: string, password: string, topicId: string) => [
  ...['-V', version, '-h', '127.0.0.1', '-p', String(broker.port()), '-q', '1'],
  ...['-u', 'b-1', '-P', password, '-t', `vigie/bollards/${topicId}/state`, '-m', 'hello'],
];

describe('a stranger', () => {
  /** Sends the parts one after the other; resolves with what came back when the broker closed. */
  const answerTo = (parts: Buffer[]) =>
    new Promise<string>((resolve, reject) => {
      const heard: Buffer[] = [];
      const socket = connectPlain(broker.port(), '127.0.0.1', async () => {
        for (const part of parts) {
          socket.write(part);
          await new Promise((done) => setTimeout(done, 1));
        }
      });
      socket.on('data', (chunk) => void heard.push(chunk));
      socket.on('close', () => resolve(Buffer.concat(heard).toString('hex')));
      socket.on('error', reject);
    });

  it.each([
    ['speaks HTTP', [Buffer.from('GET / HTTP/1.1\r\n\r\n')]],
    ['speaks TLS to the door without it', [Buffer.from('16030100', 'hex')]],
    ['publishes before he says who he is', [mqtt.generate({ ...publishing, payload: 'x' })]],
    // CONNECT of MQTT 5: flags for a new session and a password, client id `a`, password `x`.
    [
      'gives a password without a name',
      [
        Buffer.from(
          '1011' + '00044d515454' + '05' + '42' + '0000' + '00' + '000161' + '000178',
          'hex',
        ),
      ],
    ],
    ['announces a greeting of 256 MB', [Buffer.from('10ffffff7f', 'hex')]],
    ['announces a greeting of a length that never ends', [Buffer.from('10ffffffffff', 'hex')]],
  ])('who %s is let go at once', async (_name, parts) => {
    await broker.start();
    expect(await answerTo(parts)).toBe('');
  });

  it('who greets byte by byte is listened to, and holds up nobody', async () => {
    await broker.start();
    const greeting = mqtt.generate({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: true,
      clientId: 'slow',
      keepalive: 0,
      username: 'b-1',
      password: Buffer.from('wrong'),
    });
    // CONNACK, wrong user name or password.
    expect(await answerTo([...greeting].map((byte) => Buffer.from([byte])))).toBe('20020004');
  });
});

describe('a taken port', () => {
  it('is a clear error that names the setting', async () => {
    await broker.start();
    const { createEmbeddedBroker } = await import('./embedded-broker.driver.ts');
    const { silentLog } = await import('../testing/log.ts');
    const second = createEmbeddedBroker({
      host: '127.0.0.1',
      port: broker.port(),
      log: silentLog,
      identify: async () => undefined,
    });
    await expect(second.start()).rejects.toThrow(/VIGIE_MQTT_PORT/);
    await second.stop();
  });
});
