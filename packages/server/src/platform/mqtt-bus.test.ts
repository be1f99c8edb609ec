import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type CertificatePaths,
  makeAuthority,
  type TestAuthority,
} from '../testing/certificates.ts';
import { silentLog } from '../testing/log.ts';
import { freePort } from './listen.ts';
import { createMqttBus } from './mqtt-bus.driver.ts';
import { readBrokerTls } from './tls-files.driver.ts';

const program = ['/usr/sbin/mosquitto', '/usr/bin/mosquitto'].find((path) => existsSync(path));

let folder: string;
let port: number;
let broker: ChildProcess;

describe.skipIf(!program)('the bus on mosquitto', () => {
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigie-mosquitto-'));
    await chmod(folder, 0o755);
    port = await freePort();
    await writeFile(join(folder, 'conf'), `listener ${port} 127.0.0.1\nallow_anonymous true\n`);
    broker = spawn(program ?? '', ['-c', join(folder, 'conf')], { stdio: 'ignore' });
    await expect.poll(() => answers(port), { timeout: 10_000 }).toBe(true);
  });

  afterEach(async () => {
    const exit = new Promise((resolve) => broker.once('exit', resolve));
    broker.kill('SIGTERM');
    await exit;
    await rm(folder, { recursive: true, force: true });
  });

  const busOf = (instance: string) =>
    createMqttBus({ url: `mqtt://127.0.0.1:${port}`, instance, log: silentLog });

  it('divides shared work between servers, and gives states to each of them', async () => {
    const shared: string[] = [];
    const states: string[] = [];
    const buses = ['one', 'two'].map((instance) => {
      const bus = busOf(instance);
      bus.handle('vigie/events/+', async ({ topic }) => void shared.push(topic), { shared: true });
      bus.handle('vigie/states/+', async () => void states.push(instance));
      return bus;
    });
    for (const bus of buses) await bus.start();
    const device = await connectAsync(`mqtt://127.0.0.1:${port}`);
    const topics = Array.from({ length: 50 }, (_, n) => `vigie/events/${n}`);
    await Promise.all(topics.map((topic) => device.publishAsync(topic, 'x', { qos: 1 })));
    await device.publishAsync('vigie/states/1', 'x', { qos: 1 });
    await expect.poll(() => shared.toSorted()).toEqual(topics.toSorted());
    await expect.poll(() => states.toSorted()).toEqual(['one', 'two']);
    await device.endAsync();
    for (const bus of buses) await bus.stop();
  });

  it('is given a message again that was not taken', async () => {
    const bus = busOf('one');
    let attempts = 0;
    bus.handle(
      'vigie/events/+',
      async () => {
        if (++attempts === 1) throw new Error('the database is away');
      },
      { shared: true },
    );
    await bus.start();
    await bus.publish('vigie/events/1', 'x');
    await expect.poll(() => attempts, { timeout: 15_000 }).toBe(2);
    await bus.stop();
  });

  it('receives what came while it was away', async () => {
    const first = busOf('one');
    first.handle('vigie/events/+', async () => undefined, { shared: true });
    await first.start();
    await first.stop();
    const device = await connectAsync(`mqtt://127.0.0.1:${port}`);
    await device.publishAsync('vigie/events/1', 'x', { qos: 1 });
    await device.endAsync();
    const seen: string[] = [];
    const second = busOf('one');
    second.handle('vigie/events/+', async ({ topic }) => void seen.push(topic), { shared: true });
    await second.start();
    await expect.poll(() => seen, { timeout: 10_000 }).toEqual(['vigie/events/1']);
    await second.stop();
  });

  it('says which setting to look at when nobody answers', async () => {
    const bus = createMqttBus({
      url: `mqtt://127.0.0.1:${await freePort()}`,
      instance: 'x',
      log: silentLog,
    });
    await expect(bus.start()).rejects.toThrow(/MQTT_URL/);
  });
});

describe.skipIf(!program || !existsSync('/usr/bin/openssl'))(
  'the bus on mosquitto over TLS',
  () => {
    let authority: TestAuthority;
    let ours: CertificatePaths;

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'vigie-mosquitto-'));
      authority = await makeAuthority(folder);
      const theirs = await authority.sign('broker');
      ours = await authority.sign('vigie');
      // It gives up its rights, and then must still read its key.
      for (const path of [theirs.key, theirs.cert, authority.path]) await chmod(path, 0o644);
      await chmod(folder, 0o755);
      port = await freePort();
      await writeFile(
        join(folder, 'conf'),
        [
          `listener ${port} 127.0.0.1`,
          'allow_anonymous true',
          'require_certificate true',
          `cafile ${authority.path}`,
          `certfile ${theirs.cert}`,
          `keyfile ${theirs.key}`,
        ].join('\n'),
      );
      broker = spawn(program ?? '', ['-c', join(folder, 'conf')], { stdio: 'ignore' });
      await expect.poll(() => answers(port), { timeout: 10_000 }).toBe(true);
    });

    afterEach(async () => {
      const exit = new Promise((resolve) => broker.once('exit', resolve));
      broker.kill('SIGTERM');
      await exit;
      await rm(folder, { recursive: true, force: true });
    });

    const busWith = async (settings: Record<string, string>) =>
      createMqttBus({
        url: `mqtts://localhost:${port}`,
        instance: 'one',
        log: silentLog,
        tls: await readBrokerTls(settings),
      });

    it('shows its certificate and trusts the one authority that is named', async () => {
      const seen: string[] = [];
      const bus = await busWith({
        VIGIE_MQTT_CA: authority.path,
        VIGIE_MQTT_CERT: ours.cert,
        VIGIE_MQTT_KEY: ours.key,
      });
      bus.handle('vigie/states/+', async ({ topic }) => void seen.push(topic));
      await bus.start();
      await bus.publish('vigie/states/1', 'x');
      await expect.poll(() => seen).toEqual(['vigie/states/1']);
      await bus.stop();
    });

    it.each([
      ['no certificate of its own', () => ({ VIGIE_MQTT_CA: authority.path })],
      ['an authority that did not sign the broker', () => ({ VIGIE_MQTT_CA: ours.cert })],
      ['no authority but those of the system', () => ({})],
    ])('does not begin with %s', async (_name, settings) => {
      const bus = await busWith(settings());
      await expect(bus.start()).rejects.toThrow(/MQTT_URL/);
    });

    it('names the setting of a file that is not there', async () => {
      await expect(busWith({ VIGIE_MQTT_CA: '/nowhere/ca.pem' })).rejects.toThrow(/VIGIE_MQTT_CA/);
    });
  },
);

const answers = (at: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(at, '127.0.0.1', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
