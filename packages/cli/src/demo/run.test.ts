import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Me } from '@vigie/contracts/accounts';
import { InboxMail } from '@vigie/contracts/demo';
import { SpaceView } from '@vigie/contracts/parking';
import { topics } from '@vigie/contracts/topics';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { type HttpClient, signIn } from '../http-client.ts';
import { type Demo, startDemo } from './run.ts';

const eventually = (assertion: () => Promise<void>) =>
  vi.waitFor(assertion, { timeout: 25_000, interval: 100 });

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

describe('a running demo', () => {
  let pages: string;
  let demo: Demo;
  let admin: HttpClient;
  beforeAll(async () => {
    pages = await mkdtemp(join(tmpdir(), 'vigie-pages-'));
    await writeFile(join(pages, 'index.html'), '<!doctype html><title>Vigie</title>');
    demo = await startDemo({ clips: [], port: 0, webRoot: pages, say: () => {} });
    admin = await signIn(demo.url, demo.logins.admin);
  }, 90_000);
  afterAll(async () => {
    await demo?.stop();
    await rm(pages, { recursive: true });
  }, 30_000);

  it('lets its three people sign in, and nobody with a wrong password', async () => {
    for (const login of Object.values(demo.logins)) {
      const me = await (await signIn(demo.url, login)).get('/api/v1/me', Me);
      expect(me).toMatchObject({ username: login.username, isDemo: true });
    }
    const wrong = { ...demo.logins.admin, password: 'wrong' };
    await expect(signIn(demo.url, wrong)).rejects.toThrow(/401.*wrong/i);
  });

  it('shows the mails that its own mail server took', async () => {
    expect(await admin.get('/api/v1/demo/inbox', z.array(InboxMail))).toEqual([]);
  });

  it('has cars, and one bollard for trying out by hand', async () => {
    await eventually(async () =>
      expect(await displayOf(admin, 'r-03')).toMatchObject({ state: 'parked' }),
    );
    expect(await displayOf(admin, 'r-09')).toMatchObject({ state: 'unknown' });
    await senseOnSpare(demo);
    await eventually(async () =>
      expect(await displayOf(admin, 'r-09')).toMatchObject({ state: 'parked' }),
    );
  }, 60_000);

  it('leaves nothing behind when it stops', async () => {
    const { dataDir } = demo;
    expect(existsSync(dataDir)).toBe(true);
    await demo.stop();
    expect(existsSync(dataDir)).toBe(false);
    await expect(fetch(demo.url)).rejects.toThrow();
  }, 30_000);
});

it('refuses a folder that holds something, and says so', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-full-'));
  try {
    await writeFile(join(folder, 'kept'), '');
    const starting = startDemo({ clips: [], port: 0, dataDir: folder, say: () => {} });
    await expect(starting).rejects.toThrow(/is not empty.*fresh folder/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
