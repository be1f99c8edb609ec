import type { CameraFeedView, CameraLink } from '@vigie/contracts/evacuation';
import { topics } from '@vigie/contracts/topics';
import { decodeFedPicture, type FedPicture } from '@vigie/contracts/vision';
import type { MqttClient } from 'mqtt';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { emptyTownDatabase, openTownHall, type TownHall } from '../town-hall.fake.ts';

const database = emptyTownDatabase();
let hall: TownHall;
let worker: MqttClient;
/** what workers get, in order */
let pictures: FedPicture[];
let link: CameraLink;

beforeEach(async () => {
  hall = await openTownHall(database.db);
  link = (await make('administrator')).body;
  pictures = [];
  worker = await hall.connect('worker:w1');
  worker.on('message', (_, payload) => pictures.push(decodeFedPicture(payload)));
  await worker.subscribeAsync(topics.cameraPicture(link.cameraId));
  return () => hall.stop();
});

const make = (role: 'administrator' | 'fire-safety-officer') =>
  hall.ask(role, 'POST', '/rooms/hall/browser-cameras', { name: 'Téléphone' });
const until = <T>(check: () => T | Promise<T>) =>
  vi.waitFor(check, { timeout: 15_000, interval: 10 });
const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 7]);

const dial = (token: string, headers: Record<string, string> = {}) =>
  new WebSocket(`${hall.url.replace('http', 'ws')}/api/v1/camera-feed?token=${token}`, { headers });

/** A browser that answers each request with a picture, after `delayMs`. */
function film(token: string, delayMs = 0) {
  const told = { asked: 0, code: 0 };
  const socket = dial(token);
  socket.on('message', () => {
    told.asked++;
    setTimeout(() => socket.send(jpeg), delayMs);
  });
  socket.on('close', (code) => {
    told.code = code;
  });
  return { socket, told };
}

const refusal = (socket: WebSocket): Promise<number> =>
  new Promise((resolve, reject) => {
    socket.on('unexpected-response', (_, answer) => {
      resolve(answer.statusCode ?? 0);
      socket.terminate();
    });
    socket.on('open', () => reject(new Error('the feed was opened')));
    socket.on('error', () => undefined);
  });

describe('a browser as a camera', () => {
  it('is made by an administrator, in a room, and shows what it films to its link', async () => {
    const about = await hall.ask('viewer', 'GET', `/camera-feed/about?token=${link.token}`);
    expect(about.body).toMatchObject({ camera: 'Téléphone', room: 'Hall' } as CameraFeedView);
    expect(link.path).toBe(`/camera/${link.token}`);
    const { body } = await hall.ask('viewer', 'GET', '/rooms/hall');
    expect((body as { cameras: { id: string }[] }).cameras.map(({ id }) => id)).toContain(
      link.cameraId,
    );
    expect((await make('fire-safety-officer')).status).toBe(403);
  });

  it('hands its pictures to the workers, one after the other, with their age', async () => {
    const { told, socket } = film(link.token, 30);
    await until(() => expect(pictures.length).toBeGreaterThan(2));
    expect(told.asked).toBeLessThanOrEqual(pictures.length + 1);
    expect(Buffer.from(pictures[0]?.jpeg ?? []).equals(jpeg)).toBe(true);
    expect(pictures[0]?.ageMs).toBeGreaterThanOrEqual(29);
    socket.close();
  });

  it('hands on nothing that it was not asked for, and nothing old', async () => {
    const { socket, told } = film(link.token, 2200);
    await until(() => expect(told.asked).toBe(2));
    for (let i = 0; i < 5; i++) socket.send(jpeg);
    await until(() => expect(pictures).toHaveLength(1));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(pictures).toHaveLength(1);
    socket.close();
  });

  it('ends when its link is opened elsewhere, drawn again or taken back', async () => {
    const first = film(link.token);
    await until(() => expect(first.told.asked).toBeGreaterThan(0));
    const second = film(link.token);
    await until(() => expect(first.told.code).toBe(4002));
    const path = `/cameras/${link.cameraId}/browser-link`;
    const again: CameraLink = (await hall.ask('administrator', 'POST', path)).body;
    await until(() => expect(second.told.code).toBe(4001));
    expect(await refusal(dial(link.token))).toBe(401);
    const third = film(again.token);
    await until(() => expect(third.told.asked).toBeGreaterThan(0));
    expect((await hall.ask('administrator', 'DELETE', path)).status).toBe(204);
    await until(() => expect(third.told.code).toBe(4001));
    expect(await refusal(dial(again.token))).toBe(401);
  });

  it('is removed with its link, and its room no longer waits for it', async () => {
    const filming = film(link.token);
    await until(() => expect(filming.told.asked).toBeGreaterThan(0));
    const path = `/cameras/${link.cameraId}`;
    expect((await hall.ask('fire-safety-officer', 'DELETE', path)).status).toBe(403);
    expect((await hall.ask('administrator', 'DELETE', path)).status).toBe(204);
    await until(() => expect(filming.told.code).toBe(4001));
    expect(await refusal(dial(link.token))).toBe(401);
    const { body } = await hall.ask('viewer', 'GET', '/rooms/hall');
    expect((body as { cameras: { id: string }[] }).cameras.map(({ id }) => id)).toEqual(['hall-1']);
    const configs = await hall.listen('worker:w2', [topics.cameraConfig('+')]);
    await until(() => expect(configs.has(topics.cameraConfig('hall-1'))).toBe(true));
    expect(configs.has(topics.cameraConfig(link.cameraId))).toBe(false);
    expect((await hall.ask('administrator', 'DELETE', path)).status).toBe(404);
  });

  it('stays while an incident goes on, whose board would lose a doubt with it', async () => {
    await hall.ask('administrator', 'POST', '/buildings/town-hall/incidents', { kind: 'drill' });
    const answer = await hall.ask('administrator', 'DELETE', `/cameras/${link.cameraId}`);
    expect(answer).toMatchObject({ status: 409, body: { code: 'evacuation/camera-needed' } });
  });

  it('ends when it sends what is no picture', async () => {
    const socket = dial(link.token);
    const code = new Promise((resolve) => socket.on('close', resolve));
    socket.on('message', () => socket.send(Buffer.from('no picture')));
    expect(await code).toBe(1003);
    expect(pictures).toEqual([]);
  });

  it.each([
    ['a wrong token', 401, {}],
    ['a page of another site', 403, { origin: 'https://evil.example' }],
  ])('is refused with %s', async (name, status, headers) => {
    const token = name === 'a wrong token' ? 'wrong' : link.token;
    expect(await refusal(dial(token, headers))).toBe(status);
  });

  it('stands in for no camera that has an address', async () => {
    const answer = await hall.ask('administrator', 'POST', '/cameras/hall-1/browser-link');
    expect(answer).toMatchObject({ status: 409, body: { code: 'evacuation/camera-no-browser' } });
  });

  it('leaves only the digest of its token in the database', async () => {
    const { rows } = await database.pool.query('SELECT * FROM camera_links');
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(link.token);
    await database.pool.query("UPDATE camera_links SET expires_at = now() - interval '1 minute'");
    expect(await refusal(dial(link.token))).toBe(401);
  });
});
