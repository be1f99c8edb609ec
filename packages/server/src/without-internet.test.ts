import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Board, Incident } from '@vigie/contracts/evacuation';
import type { Message } from '@vigie/contracts/notifications';
import { Town } from '@vigie/contracts/town';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Client, signIn, startTestApp } from './testing/app.ts';

const town = Town.parse({
  buildings: [{ id: 'hall', name: 'Mairie' }],
  rooms: [{ id: 'room', buildingId: 'hall', name: 'Salle' }],
});

/** A net that swallows everything: connections are taken and never answered, names are not known. */
async function startSilence() {
  const waiting = new Set<Socket>();
  const server = createServer((socket) => {
    waiting.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => waiting.delete(socket));
    socket.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    waiting,
    stop: () => {
      for (const socket of waiting) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

let mail: Awaited<ReturnType<typeof startSilence>>;
let lora: Awaited<ReturnType<typeof startSilence>>;
let cap: Awaited<ReturnType<typeof startSilence>>;
let app: Awaited<ReturnType<typeof startTestApp>>;
let admin: Client;

beforeAll(async () => {
  [mail, lora, cap] = await Promise.all([startSilence(), startSilence(), startSilence()]);
  // All that the server calls by itself; it starts although nobody answers.
  app = await startTestApp({
    SMTP_URL: `smtp://${mail.address}`,
    VIGIE_DRILL_MAIL: 'securite@example.org',
    VIGIE_CAP_URL: `http://${cap.address}/cap`,
    CHIRPSTACK_MQTT_URL: `mqtt://${lora.address}`,
    TTS_MQTT_URL: 'mqtt://application:key@tts.invalid:1883',
    VIGIE_SMS_URL: 'https://sms.invalid/send',
  });
  await app.importTown(town);
  admin = await signIn(app.url, 'admin', app.firstAdministrator?.password ?? '');
});
afterAll(async () => {
  await Promise.all([mail, lora, cap].map((silence) => silence?.stop()));
  await app?.stop();
});

const until = <T>(check: () => T | Promise<T>) =>
  vi.waitFor(check, { timeout: 30_000, interval: 50 });

it('an alarm is sounded, shown and ended while everybody outside is silent', async () => {
  // The reminder of a missing drill is on its way to nowhere, and the network of the sensors is called.
  await until(() => expect([mail.waiting.size, lora.waiting.size]).not.toContain(0));
  const [letter] = [...mail.waiting];
  const shown = admin.untilEvent<Board>('board', ({ incident }) => incident.endedAt === null);
  const { status, body } = await admin.post('/api/v1/buildings/hall/incidents', { kind: 'fire' });
  expect(status).toBe(201);
  expect((await shown).rooms).toMatchObject([{ live: { state: 'unknown', count: null } }]);
  // Nobody gave up waiting meanwhile: the board waited for none of them.
  expect(letter?.closed).toBe(false);

  const { id } = body as Incident;
  await until(() => expect(cap.waiting.size).toBeGreaterThan(0));
  const path = `/api/v1/incidents/${id}`;
  const board = (await admin.get(`${path}/board`)).body as Board;
  expect(board.incident).toMatchObject({ kind: 'fire', endedAt: null });
  expect((await admin.post(`${path}/end`, { reason: 'fausse alerte' })).status).toBe(200);

  const messages = (await admin.get('/api/v1/messages')).body as Message[];
  expect(messages).toMatchObject([
    { kind: 'drills-due', recipient: 'securite@example.org', status: 'queued' },
  ]);
}, 120_000);
