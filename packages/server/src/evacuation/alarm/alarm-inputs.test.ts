import { type AddressInfo, createServer } from 'node:net';
import { AlarmInput, type AlarmInputView } from '@vigie/contracts/alarm-inputs';
import type { Incident, IncidentLine } from '@vigie/contracts/evacuation';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type IoModule, startIoModule } from '../../testing/io-module.ts';
import { emptyTownDatabase, openTownHall, smallTown, type TownHall } from '../town-hall.fake.ts';
import { createModbusModule } from './modbus.driver.ts';

const database = emptyTownDatabase();
let hall: TownHall;
let module: IoModule;

beforeEach(async () => {
  hall = await openTownHall(database.db);
  module = await startIoModule();
});
afterEach(async () => {
  await hall.stop();
  await module.unplug().catch(() => undefined);
});

const until = <T>(check: () => T | Promise<T>) =>
  vi.waitFor(check, { timeout: 20_000, interval: 50 });
const settings = (change: object = {}) => ({
  buildingId: 'town-hall',
  name: 'Panel',
  host: '127.0.0.1',
  port: module.port,
  address: 3,
  contact: 'normally-open',
  ...change,
});
const put = (id: string, change: object = {}) =>
  hall.ask('administrator', 'PUT', `/alarm-inputs/${id}`, settings(change));
const inputs = async (): Promise<AlarmInputView[]> =>
  (await hall.ask('administrator', 'GET', '/alarm-inputs')).body;
const incidents = async (): Promise<Incident[]> =>
  (await hall.ask('viewer', 'GET', '/incidents')).body;
const showing = (state: AlarmInputView['state']) =>
  until(async () => expect(await inputs()).toMatchObject([{ state }]));
const logOf = async (id: string): Promise<string[]> =>
  ((await hall.ask('viewer', 'GET', `/incidents/${id}/log`)).body as IncidentLine[]).map(
    ({ what }) => what,
  );

describe('a contact of the fire panel on an I/O module', () => {
  it.each(['discrete-input', 'coil', 'input-register', 'holding-register'] as const)(
    'that is read as %s alarms when it closes',
    async (register) => {
      await put('p', { register });
      await showing('rest');
      expect(await incidents()).toEqual([]);
      module.set(3, true);
      await until(async () =>
        expect(await incidents()).toMatchObject([
          {
            kind: 'fire',
            origin: 'modbus',
            startedBy: 'Panel',
            sources: [{ origin: 'modbus', name: 'Panel' }],
          },
        ]),
      );
      await showing('active');
    },
  );

  it('that is normally closed alarms when its line is cut', async () => {
    module.set(3, true);
    await put('p', { contact: 'normally-closed', kind: 'test' });
    await showing('rest');
    module.set(3, false);
    await until(async () => expect(await incidents()).toMatchObject([{ kind: 'test' }]));
  });

  it('is one of several voices in one incident, and its rest ends nothing', async () => {
    await put('p');
    await put('q', { name: 'Second panel', address: 4 });
    module.set(3, true);
    module.set(4, true);
    const [incident] = await until(async () => {
      const all = await incidents();
      expect(all[0]?.sources).toHaveLength(2);
      return all;
    });
    module.set(3, false);
    module.set(4, false);
    await until(async () =>
      expect(
        (await logOf(incident?.id ?? '')).filter((what) => what === 'panel-reset'),
      ).toHaveLength(2),
    );
    expect(await incidents()).toMatchObject([{ id: incident?.id, endedAt: null }]);
  });

  it.each([
    ['is unplugged', () => module.unplug()],
    ['hangs', async () => module.hang()],
  ])(
    'is a fault, not at rest, when its module %s, and alarms after it is back',
    async (_, breakDown) => {
      await put('p');
      await showing('rest');
      await breakDown();
      await showing('fault');
      expect(await inputs()).toMatchObject([{ problem: expect.stringContaining('127.0.0.1') }]);
      expect(await incidents()).toEqual([]);
      module.set(3, true);
      await module.resume();
      await until(async () => expect(await incidents()).toHaveLength(1));
    },
  );

  it('that was never reached is a fault', async () => {
    await module.unplug();
    expect((await put('p')).body).toMatchObject({ state: 'fault', readAt: null });
    await until(async () =>
      expect(await inputs()).toMatchObject([{ state: 'fault', problem: expect.any(String) }]),
    );
  });

  it('that the module does not have is a fault', async () => {
    await put('p', { address: 999 });
    await until(async () =>
      expect(await inputs()).toMatchObject([{ state: 'fault', problem: expect.any(String) }]),
    );
  });
});

it('a module that is given up while it connects ends its reading', async () => {
  const { port } = module;
  const opened = createModbusModule({ host: '127.0.0.1', port, unit: 1 });
  const reading = opened.isClosed(
    AlarmInput.parse({ ...settings(), id: 'p', buildingId: 'town-hall' }),
  );
  opened.close();
  await expect(reading).rejects.toThrow(/closed/);
});

describe('a module that answers what nobody understands', () => {
  it('is a fault, and ends nothing else', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      // The exception 0xfd, which no standard knows, to whatever is asked.
      socket.on('data', (asked) => {
        socket.write(Buffer.concat([asked.subarray(0, 4), Buffer.from('00030182fd', 'hex')]));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await put('p', { port });
    await until(async () =>
      expect(await inputs()).toMatchObject([
        { state: 'fault', problem: expect.stringContaining('cannot be understood') },
      ]),
    );
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('a contact that is tried', () => {
  const tried = async (change: object = {}) =>
    (await hall.ask('administrator', 'POST', '/alarm-input-trials', settings(change))).body;

  it('is read once and alarms nobody, whether its module is read anyway or not', async () => {
    module.set(3, true);
    expect(await tried()).toEqual({ isActive: true, problem: null });
    expect(await tried({ contact: 'normally-closed' })).toEqual({ isActive: false, problem: null });
    await put('p', { address: 4 });
    await showing('rest');
    expect(await tried()).toEqual({ isActive: true, problem: null });
    expect(await inputs()).toHaveLength(1);
    expect(await incidents()).toEqual([]);
  });

  it('is no answer, with the reason, when its module is away', async () => {
    await module.unplug();
    const problem = expect.stringContaining('127.0.0.1');
    expect(await tried()).toEqual({ isActive: null, problem });
  });
});

describe('the settings of alarm inputs', () => {
  it('come with the town, too, and survive a restart', async () => {
    await hall.stop();
    const id = 'from-file';
    const alarmInputs = [
      { ...settings(), contact: 'normally-open' as const, id, unit: 1, bit: null },
    ].map((input) => ({ ...input, register: 'coil' as const, kind: 'drill' as const }));
    hall = await openTownHall(database.db, { ...smallTown, alarmInputs });
    await showing('rest');
    await hall.stop();
    hall = await openTownHall(database.db);
    expect(await inputs()).toMatchObject([{ id, register: 'coil', kind: 'drill' }]);
  });

  it('are changed and taken away by administrators, and name what is wrong', async () => {
    expect(await put('p', { buildingId: 'barn' })).toMatchObject({
      status: 404,
      body: { code: 'evacuation/building-unknown' },
    });
    expect((await put('p', { contact: undefined })).status).toBe(400);
    expect(
      (await hall.ask('fire-safety-officer', 'PUT', '/alarm-inputs/p', settings())).status,
    ).toBe(403);
    await put('p');
    expect((await hall.ask('administrator', 'DELETE', '/alarm-inputs/p')).status).toBe(204);
    expect(await inputs()).toEqual([]);
    expect(await hall.ask('administrator', 'DELETE', '/alarm-inputs/p')).toMatchObject({
      status: 404,
      body: { code: 'evacuation/alarm-input-unknown' },
    });
  });
});
