import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Me } from '@vigie/contracts/accounts';
import { InboxMail } from '@vigie/contracts/demo';
import { SpaceView } from '@vigie/contracts/parking';
import { topics } from '@vigie/contracts/topics';
import { connectAsync } from 'mqtt';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { type HttpClient, signIn } from '../http-client.ts';
import { type Demo, startDemo } from './run.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-pages-'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Vigie</title>');
});
afterEach(() => rm(folder, { recursive: true }));

const ownFolders = async () =>
  (await readdir(tmpdir())).filter((name) => name.startsWith('vigie-demo-'));

/** As the line that the demo prints does: with the time of the wall, which the fast clock has left behind. */
async function senseOnSpare({ mqttUrl, spare }: Demo): Promise<void> {
  const client = await connectAsync(mqttUrl, { username: spare.id, password: spare.key });
  const state = { v: 1, occupied: true, at: new Date().toISOString() };
  await client.publishAsync(topics.bollardState(spare.id), JSON.stringify(state), { qos: 1 });
  await client.endAsync();
}

async function displayOf(client: HttpClient, id: string) {
  const spaces = await client.get('/api/v1/spaces', z.array(SpaceView));
  return spaces.find((space) => space.id === id)?.display;
}

it('brings up a town with cars and logins, and leaves nothing behind', async () => {
  const before = await ownFolders();
  const demo = await startDemo({ clips: [], port: 0, webRoot: folder, say: () => {} });
  try {
    for (const login of Object.values(demo.logins)) {
      const me = await (await signIn(demo.url, login)).get('/api/v1/me', Me);
      expect(me).toMatchObject({ username: login.username, isDemo: true });
    }
    const admin = await signIn(demo.url, demo.logins.admin);
    expect(await admin.get('/api/v1/demo/inbox', z.array(InboxMail))).toEqual([]);

    await vi.waitFor(async () => expect((await displayOf(admin, 'r-03'))?.state).toBe('parked'), {
      timeout: 20_000,
      interval: 100,
    });
    expect((await displayOf(admin, 'r-09'))?.state).toBe('unknown');
    await senseOnSpare(demo);
    await vi.waitFor(async () =>
      expect(await displayOf(admin, 'r-09')).toMatchObject({ state: 'parked', day: 1 }),
    );
  } finally {
    await demo.stop();
  }
  expect(await ownFolders()).toEqual(before);
  await expect(fetch(demo.url)).rejects.toThrow();
}, 90_000);

it('refuses a folder that holds something, and says so', async () => {
  const starting = startDemo({ clips: [], port: 0, dataDir: folder, say: () => {} });
  await expect(starting).rejects.toThrow(/is not empty.*fresh folder/);
});

it('refuses a wrong password with the words of the server', async () => {
  const demo = await startDemo({ clips: [], port: 0, webRoot: folder, say: () => {} });
  try {
    const login = { ...demo.logins.admin, password: 'wrong' };
    await expect(signIn(demo.url, login)).rejects.toThrow(/401.*wrong/i);
  } finally {
    await demo.stop();
  }
}, 90_000);
