import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BollardState, type Display } from '@vigie/contracts/parking';
import { paletteFor } from '@vigie/palette';
import { Aedes } from 'aedes';
import { afterEach, expect, it, vi } from 'vitest';
import { type BollardOptions, createBollard, createSimulatedDriver } from './index.ts';

const dayMs = 86_400_000;
const arrival = new Date('2026-06-01T08:00:00.000Z');
const palette = paletteFor(7);

const parked: Display = {
  v: 1,
  state: 'parked',
  day: 1,
  colour: palette.colours[0] ?? '',
  label: '1',
  since: arrival.toISOString(),
  until: '2026-06-08T08:00:00.000Z',
  allowedDays: 7,
  dayRule: 'arrival',
  timeZone: 'Europe/Paris',
  paletteVersion: palette.version,
};
const free: Display = { ...parked, state: 'free', day: null, colour: null, label: '', since: null };

/** The server's side: a real broker that can be cut and comes back empty on the same port. */
async function openBroker({ acknowledges = true, port = 0 } = {}) {
  const aedes = await Aedes.createBroker({
    authenticate: (_client, username, password, done) => {
      const isRight = username === 'b1' && password?.toString() === 'right-key';
      const refusal = Object.assign(new Error('refused'), { returnCode: 4 });
      if (isRight) done(null, true);
      else done(refusal, false);
    },
    authorizePublish: (_client, packet, done) => {
      const isState = packet.topic === 'vigie/bollards/b1/state';
      if (isState) states.push(BollardState.parse(JSON.parse(packet.payload.toString())));
      if (packet.topic === 'vigie/bollards/b1/status') statuses.push(packet.payload.toString());
      if (acknowledges || !isState) done(null);
    },
  });
  const states: BollardState[] = [];
  const statuses: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    aedes.handle(socket);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const display = (payload: string) =>
    new Promise<void>((resolve, reject) =>
      aedes.publish(
        {
          cmd: 'publish',
          topic: 'vigie/bollards/b1/display',
          payload: Buffer.from(payload),
          retain: true,
          qos: 1,
          dup: false,
        },
        (error) => (error ? reject(error) : resolve()),
      ),
    );
  const broker = {
    port: (server.address() as AddressInfo).port,
    states,
    statuses,
    publish: display,
    show: (value: Display) => display(JSON.stringify(value)),
    cut: async () => {
      const closing = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => aedes.close(resolve));
      await closing;
    },
  };
  opened.push(broker.cut);
  return broker;
}

function openBollard(port: number, options: Partial<BollardOptions> = {}) {
  const clock = { time: arrival, now: () => clock.time };
  const driver = createSimulatedDriver();
  const logged: string[] = [];
  const note = (_data: object, text: string) => void logged.push(text);
  const bollard = createBollard({
    id: 'b1',
    key: 'right-key',
    brokerUrl: `mqtt://127.0.0.1:${port}`,
    clock,
    driver,
    log: { info: note, warn: note, error: note },
    tickMs: 5,
    reconnectMs: 20,
    ...options,
  });
  opened.push(bollard.stop);
  const to = (days: number) => {
    clock.time = new Date(arrival.getTime() + days * dayMs);
  };
  return { bollard, clock, driver, logged, to };
}

let opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.reverse()) await close();
  opened = [];
});

const eventually = (assertion: () => void) =>
  vi.waitFor(assertion, { timeout: 10_000, interval: 5 });

it('goes on through three days without the broker and corrects itself when it returns', async () => {
  const first = await openBroker();
  await first.show(parked);
  const { bollard, driver, to } = openBollard(first.port);
  await bollard.start();
  expect(driver.face()).toEqual({ kind: 'waiting' });
  await eventually(() => expect(driver.face()).toMatchObject({ kind: 'day', day: 1 }));

  await first.cut();
  for (const day of [2, 3, 4]) {
    to(day - 1);
    await eventually(() =>
      expect(driver.face()).toEqual({
        kind: 'day',
        day,
        colour: palette.colours[day - 1],
        label: `${day}`,
      }),
    );
  }

  const second = await openBroker({ port: first.port });
  await second.show(free);
  await eventually(() => expect(driver.face()).toEqual({ kind: 'free' }));
});

it('turns black without the broker', async () => {
  const broker = await openBroker();
  await broker.show(parked);
  const { bollard, driver, to } = openBollard(broker.port);
  await bollard.start();
  await eventually(() => expect(driver.face()).toMatchObject({ day: 1 }));
  await broker.cut();
  to(7);
  await eventually(() => expect(driver.face()).toMatchObject({ kind: 'overstay', day: 8 }));
});

it('sends what happened during the cut once each, in order, with the time it happened', async () => {
  const first = await openBroker();
  const { bollard, to } = openBollard(first.port);
  await bollard.start();
  bollard.sense(true);
  await eventually(() => expect(first.states).toHaveLength(1));
  await eventually(() => expect(bollard.pending()).toBe(0));

  await first.cut();
  for (const [occupied, day] of [
    [false, 0.5],
    [true, 1],
    [true, 1.2],
    [false, 2.25],
  ] as const) {
    to(day);
    bollard.sense(occupied);
  }
  expect(bollard.pending()).toBe(3);
  to(3);

  const second = await openBroker({ port: first.port });
  await eventually(() => expect(bollard.pending()).toBe(0));
  expect([...first.states, ...second.states]).toEqual([
    { v: 1, kind: 'change', occupied: true, at: '2026-06-01T08:00:00.000Z', seq: 0 },
    { v: 1, kind: 'change', occupied: false, at: '2026-06-01T20:00:00.000Z', seq: 1 },
    { v: 1, kind: 'change', occupied: true, at: '2026-06-02T08:00:00.000Z', seq: 2 },
    { v: 1, kind: 'change', occupied: false, at: '2026-06-03T14:00:00.000Z', seq: 3 },
  ]);
});

it('repeats an unacknowledged event unchanged, before the ones after it', async () => {
  const deaf = await openBroker({ acknowledges: false });
  const { bollard, to } = openBollard(deaf.port);
  await bollard.start();
  bollard.sense(true);
  to(1);
  bollard.sense(false);
  await eventually(() => expect(deaf.states).toHaveLength(1));
  await deaf.cut();

  const second = await openBroker({ port: deaf.port });
  await eventually(() => expect(bollard.pending()).toBe(0));
  expect(second.states).toEqual([
    deaf.states[0],
    { v: 1, kind: 'change', occupied: false, at: '2026-06-02T08:00:00.000Z', seq: 1 },
  ]);
});

it('remembers display and waiting events over a power cut when it has a file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-bollard-'));
  opened.push(() => rm(folder, { recursive: true }));
  const memoryFile = join(folder, 'b1.json');
  const first = await openBroker();
  await first.show(parked);
  const before = openBollard(first.port, { memoryFile });
  await before.bollard.start();
  await eventually(() => expect(before.driver.face()).toMatchObject({ day: 1 }));
  await first.cut();
  before.bollard.sense(true);
  await before.bollard.stop();

  const after = openBollard(first.port, { memoryFile });
  after.to(2);
  await after.bollard.start();
  expect(after.driver.faces).toEqual([expect.objectContaining({ kind: 'day', day: 3 })]);
  const second = await openBroker({ port: first.port });
  await eventually(() =>
    expect(second.states).toEqual([
      { v: 1, kind: 'change', occupied: true, at: '2026-06-01T08:00:00.000Z', seq: 0 },
    ]),
  );
});

it('keeps its face when a display is unreadable, and goes back to waiting when it is taken back', async () => {
  const broker = await openBroker();
  await broker.show(parked);
  const { bollard, driver, logged, to } = openBollard(broker.port);
  await bollard.start();
  await eventually(() => expect(driver.face()).toMatchObject({ day: 1 }));
  const complaints = () => logged.filter((text) => text.startsWith('a display could not be read'));
  await broker.publish('{"v":1,"state":"purple"}');
  await eventually(() => expect(complaints()).toHaveLength(1));
  await broker.show({ ...parked, dayRule: 'midnight', timeZone: 'Paris' });
  await eventually(() => expect(complaints()).toHaveLength(2));
  to(1);
  await eventually(() => expect(driver.face()).toMatchObject({ day: 2 }));
  await broker.publish('');
  await eventually(() => expect(driver.face()).toEqual({ kind: 'waiting' }));
});

it('reports a palette of another version once per display and shows what was sent', async () => {
  const broker = await openBroker();
  await broker.show({ ...parked, colour: '#123456', paletteVersion: 'another' });
  const { bollard, driver, logged } = openBollard(broker.port);
  await bollard.start();
  await eventually(() => expect(driver.face()).toMatchObject({ colour: '#123456' }));
  const reports = logged.filter((text) => text === 'the server has another palette');
  expect(reports).toHaveLength(1);
});

it('repeats an unchanged state as a heartbeat with its own time', async () => {
  const broker = await openBroker();
  const { bollard, to } = openBollard(broker.port, { heartbeatMs: 20 });
  await bollard.start();
  bollard.sense(true);
  to(1);
  await eventually(() => expect(broker.states.length).toBeGreaterThan(1));
  expect(broker.states[1]).toMatchObject({ occupied: true, at: '2026-06-02T08:00:00.000Z' });
});

it('says online when it comes and offline when it goes', async () => {
  const broker = await openBroker();
  const { bollard } = openBollard(broker.port);
  await bollard.start();
  await eventually(() => expect(broker.statuses).toEqual(['online']));
  await bollard.stop();
  await eventually(() => expect(broker.statuses).toContain('offline'));
});

it('says once that its key is refused, and keeps its events', async () => {
  const broker = await openBroker();
  const { bollard, logged } = openBollard(broker.port, { key: 'wrong-key' });
  await bollard.start();
  bollard.sense(true);
  await eventually(() => expect(logged).toContain('no connection'));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(logged.filter((text) => text === 'no connection')).toHaveLength(1);
  expect(bollard.pending()).toBe(1);
  expect(broker.states).toEqual([]);
});

it('refuses a broker address without an MQTT protocol', () => {
  expect(() => openBollard(1, { brokerUrl: 'localhost:1883' })).toThrow(/localhost:1883.*mqtt:/);
});
