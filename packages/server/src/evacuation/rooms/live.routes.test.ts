import type { Role } from '@vigie/contracts/accounts';
import { type CameraView, type Incident, LiveNotice } from '@vigie/contracts/evacuation';
import { topics } from '@vigie/contracts/topics';
import { decodeFrame, encodeFrame, Watch, type WatchMode } from '@vigie/contracts/vision';
import type { MqttClient } from 'mqtt';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { emptyTownDatabase, openTownHall, type TownHall } from '../town-hall.fake.ts';

const database = emptyTownDatabase();
let hall: TownHall;
let worker: MqttClient;
let watches: Watch[];

beforeEach(async () => {
  hall = await openTownHall(database.db);
  worker = await hall.connect('worker:w1');
  watches = [];
  worker.on('message', (_, payload) => watches.push(Watch.parse(JSON.parse(payload.toString()))));
  await worker.subscribeAsync(topics.cameraWatch('hall-1'), { qos: 1 });
  return () => hall.stop();
});

const until = <T>(check: () => T | Promise<T>) =>
  vi.waitFor(check, { timeout: 15_000, interval: 20 });

const officer: Role = 'fire-safety-officer';
const reason = 'somebody fell in the hall';

interface Viewing {
  socket: WebSocket;
  modes: WatchMode[];
  notices: LiveNotice[];
  closed: Promise<number>;
}

function dial(query: string, role: Role, headers: Record<string, string> = {}, camera = 'hall-1') {
  const address = `${hall.url.replace('http', 'ws')}/api/v1/cameras/${camera}/live${query}`;
  return new WebSocket(address, { headers: { 'x-role': role, ...headers } });
}

/** Opens a view and waits until the worker was asked for pictures. */
async function view(query: string, role: Role = officer): Promise<Viewing> {
  const socket = dial(query, role);
  const viewing: Viewing = {
    socket,
    modes: [],
    notices: [],
    closed: new Promise((resolve) => socket.on('close', resolve)),
  };
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) viewing.modes.push(decodeFrame(data).header.mode);
    else viewing.notices.push(LiveNotice.parse(JSON.parse(data.toString())));
  });
  const before = watches.length;
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  await until(() => expect(watches.length).toBeGreaterThan(before));
  return viewing;
}

/** The status with which a view is refused before it opens. */
const refusal = (socket: WebSocket): Promise<number> =>
  new Promise((resolve, reject) => {
    socket.on('unexpected-response', (_, answer) => {
      resolve(answer.statusCode ?? 0);
      socket.terminate();
    });
    socket.on('open', () => reject(new Error('the view was opened')));
    socket.on('error', () => undefined);
  });

const sendFrame = (mode: WatchMode) => {
  const header = {
    at: new Date().toISOString(),
    width: 640,
    height: 360,
    mode,
    count: 0,
    people: [],
  };
  const frame = encodeFrame(header, new Uint8Array([0xff, 0xd8]));
  return worker.publishAsync(topics.cameraFrame('hall-1'), Buffer.from(frame), { qos: 1 });
};

const viewLog = async (): Promise<CameraView[]> =>
  (await hall.ask('data-protection-officer', 'GET', '/camera-views')).body;

describe('the private view', () => {
  it('gets pixelated pictures while it is open, and asks for them until it closes', async () => {
    const viewing = await view('');
    expect(watches.at(-1)?.mode).toBe('private');
    expect(Date.parse(watches.at(-1)?.until ?? '')).toBeGreaterThan(Date.now());
    await sendFrame('private');
    await until(() => expect(viewing.modes).toEqual(['private']));
    const asked = watches.length;
    await until(() => expect(watches.length).toBeGreaterThan(asked));
    viewing.socket.close();
    await until(() =>
      expect(Date.parse(watches.at(-1)?.until ?? '')).toBeLessThanOrEqual(Date.now()),
    );
  });

  it('never gets a clear picture, and is told why it sees none', async () => {
    const discreet = await view('?mode=private');
    const clear = await view(`?mode=clear&reason=${encodeURIComponent(reason)}`);
    expect(watches.at(-1)?.mode).toBe('clear');
    await sendFrame('private');
    await sendFrame('clear');
    await sendFrame('clear');
    await until(() => expect(clear.modes).toEqual(['private', 'clear', 'clear']));
    expect(discreet.modes).toEqual(['private']);
    expect(discreet.notices).toEqual([{ withheld: true }]);
    clear.socket.close();
    await until(() => expect(watches.at(-1)?.mode).toBe('private'));
    await sendFrame('clear');
    await sendFrame('private');
    await until(() => expect(discreet.modes).toEqual(['private', 'private']));
    expect(discreet.notices).toEqual([{ withheld: true }, { withheld: false }]);
  });

  it('survives a picture that cannot be read', async () => {
    const viewing = await view('');
    await worker.publishAsync(topics.cameraFrame('hall-1'), Buffer.from([0, 0, 9, 9, 1]), {
      qos: 1,
    });
    await sendFrame('private');
    await until(() => expect(viewing.modes).toEqual(['private']));
  });
});

describe('the clear view', () => {
  it('is logged with who, which camera, why, from and until', async () => {
    const viewing = await view(`?mode=clear&reason=${encodeURIComponent(reason)}`);
    expect(await viewLog()).toMatchObject([
      { cameraId: 'hall-1', username: 'ada', mode: 'clear', reason, until: null },
    ]);
    viewing.socket.close();
    await until(async () => {
      const [line] = await viewLog();
      expect(Date.parse(line?.until ?? '')).toBeGreaterThanOrEqual(Date.parse(line?.from ?? ''));
    });
    const { rows } = await database.pool.query(
      `SELECT act, actor, details, told -> 'actorName' ->> 'value' AS name,
         told -> 'reason' ->> 'value' AS reason
       FROM audit_rows WHERE subject = 'camera:hall-1' ORDER BY seq DESC LIMIT 2`,
    );
    const [line] = await viewLog();
    const of = { actor: 'program:1', name: 'ada' };
    const details = { view: line?.id, mode: 'clear' };
    expect(rows).toEqual([
      {
        ...of,
        act: 'view-ended',
        details: { ...details, seconds: expect.any(Number) },
        reason: null,
      },
      { ...of, act: 'view-begun', details: { ...details, incident: null }, reason },
    ]);
  });

  it('opens without a reason during an incident, and closes with it', async () => {
    const { body } = await hall.ask(officer, 'POST', '/buildings/town-hall/incidents', {
      kind: 'fire',
    });
    const { id } = body as Incident;
    const viewing = await view('?mode=clear');
    expect(await viewLog()).toMatchObject([{ mode: 'clear', incidentId: id }]);
    await hall.ask(officer, 'POST', `/incidents/${id}/end`, { reason: 'false alarm' });
    expect(await viewing.closed).toBe(4001);
  });

  it('stays closed during an incident to those without the right to it', async () => {
    await hall.ask(officer, 'POST', '/buildings/town-hall/incidents', { kind: 'fire' });
    for (const role of ['warden', 'viewer', 'police-manager'] as const)
      expect(await refusal(dial('?mode=clear', role))).toBe(403);
    expect(await viewLog()).toEqual([]);
  });

  it('does not open without a reason during a test alarm', async () => {
    await hall.ask(officer, 'POST', '/buildings/town-hall/incidents', { kind: 'test' });
    expect(await refusal(dial('?mode=clear', officer))).toBe(400);
  });

  it('does not open when it cannot be logged, while the private one does', async () => {
    await database.pool.query('ALTER TABLE camera_views RENAME TO camera_views_away');
    try {
      const socket = dial(`?mode=clear&reason=${encodeURIComponent(reason)}`, officer);
      expect(await new Promise((resolve) => socket.on('close', resolve))).toBe(1011);
      const viewing = await view('?mode=private');
      await sendFrame('private');
      await until(() => expect(viewing.modes).toEqual(['private']));
    } finally {
      await database.pool.query('ALTER TABLE camera_views_away RENAME TO camera_views');
    }
  });
});

describe('where pictures are kept for incidents', () => {
  const lock = (cameraUse: string) =>
    hall.ask('administrator', 'PUT', '/buildings/town-hall/camera-use', {
      cameraUse,
      reason: 'avis de la DPO',
    });

  it('nobody sees any, private or clear, and a test alarm opens nothing', async () => {
    expect((await lock('counting')).status).toBe(200);
    await hall.ask(officer, 'POST', '/buildings/town-hall/incidents', { kind: 'test' });
    expect(await refusal(dial('', officer))).toBe(403);
    const clear = dial(`?mode=clear&reason=${encodeURIComponent(reason)}`, 'administrator');
    expect(await refusal(clear)).toBe(403);
    expect(await viewLog()).toEqual([]);
  });

  it('views open during an incident, and all end with it', async () => {
    await lock('counting');
    const { body } = await hall.ask(officer, 'POST', '/buildings/town-hall/incidents', {
      kind: 'drill',
    });
    const clear = await view(`?mode=clear&reason=${encodeURIComponent(reason)}`);
    const discreet = await view('');
    await hall.ask(officer, 'POST', `/incidents/${(body as Incident).id}/end`, { reason: 'over' });
    expect(await Promise.all([clear.closed, discreet.closed])).toEqual([4403, 4403]);
    expect(await refusal(dial('', officer))).toBe(403);
  });

  it('an open view ends when the lock is set, and gets no picture that still comes', async () => {
    const viewing = await view('');
    await lock('counting');
    await sendFrame('private');
    expect(await viewing.closed).toBe(4403);
    expect(viewing.modes).toEqual([]);
  });
});

describe('a view is refused before it opens', () => {
  it.each<{ name: string; status: number; socket: () => WebSocket }>([
    { name: 'clear without a reason', status: 400, socket: () => dial('?mode=clear', officer) },
    {
      name: 'clear with a reason of blanks',
      status: 400,
      socket: () => dial(`?mode=clear&reason=${'%20'.repeat(12)}x`, officer),
    },
    { name: 'an unknown mode', status: 400, socket: () => dial('?mode=raw', officer) },
    { name: 'an unknown camera', status: 404, socket: () => dial('', officer, {}, 'nowhere') },
    {
      name: 'from a page of somebody else',
      status: 403,
      socket: () => dial('', officer, { origin: 'https://elsewhere.example' }),
    },
  ])('$name: $status', async ({ status, socket }) => {
    expect(await refusal(socket())).toBe(status);
    expect(await viewLog()).toEqual([]);
  });

  it('for roles without the right to see pictures', async () => {
    expect((await hall.ask('warden', 'GET', '/cameras/hall-1/live')).status).toBe(403);
    expect(await viewLog()).toEqual([]);
  });

  it('opens from our own page', async () => {
    const socket = dial('', officer, { origin: hall.url });
    await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
    socket.close();
  });
});
