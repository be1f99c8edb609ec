import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import * as z from 'zod';
import { type Demo, startDemo } from '../packages/cli/src/demo/run.ts';
import { type HttpClient, signIn } from '../packages/cli/src/http-client.ts';
import {
  BuildingView,
  Incident,
  type RoomStateName,
} from '../packages/contracts/src/evacuation.ts';
import { Case, SpaceView } from '../packages/contracts/src/parking.ts';

/**
 * `npm run screenshots`: pictures for the documentation, from the running demo town. Only the rendered people of
 * `demo/footage` can be in them.
 */
const folder = fileURLToPath(new URL('../docs/screenshots', import.meta.url));
const size = { width: 1440, height: 900 };
const forgotten = 'r-03';
/** What the board is to show: the moment in the clips before anybody leaves. */
const evacuated: Readonly<Record<string, RoomStateName>> = {
  'salle-de-reunion': 'people',
  bureau: 'people',
  couloir: 'empty',
  archives: 'empty',
};

const demo = await startDemo({ clips: [], port: 0, say: (line) => console.error(line) });
try {
  const browser = await openBrowser();
  try {
    await mkdir(folder, { recursive: true });
    await takeAll(browser, demo);
  } finally {
    await browser.close();
  }
} finally {
  await demo.stop();
}

function openBrowser(): Promise<Browser> {
  const debian = '/usr/bin/chromium';
  const executablePath = process.env.CHROMIUM || (existsSync(debian) ? debian : undefined);
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--disable-background-networking',
  ];
  return chromium.launch({ args, ...(executablePath ? { executablePath } : {}) });
}

async function takeAll(browser: Browser, { url, logins }: Demo): Promise<void> {
  const client = await signIn(url, logins.admin);
  const context = await browser.newContext({
    viewport: size,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    baseURL: url,
  });
  const page = await context.newPage();
  await signInOn(page, logins.admin);

  await until('people are in the meeting room', () =>
    areSo(client, { 'salle-de-reunion': 'people' }),
  );
  await page.goto('/rooms/salle-de-reunion');
  await takeFresh(page, 'room');

  await until('the forgotten car is on day 4', async () => (await dayOn(client, forgotten)) >= 4);
  await page.goto(`/parking/${forgotten}`);
  await take(page, 'space');

  await until('the police were told', async () => (await findSentCase(client)) !== undefined);
  const opened = await findSentCase(client);
  await page.goto(`/cases/${opened?.id}`);
  await take(page, 'case');
  await page.goto('/parking');
  await take(page, 'parking');

  await until('two rooms hold people and two are empty', () => areSo(client, evacuated));
  const incident = await client.post(
    '/api/v1/buildings/hotel-de-ville/incidents',
    { kind: 'drill' },
    Incident,
  );
  await page.goto(`/incidents/${incident.id}`);
  await sleep(4000);
  await take(page, 'board');
}

async function signInOn(page: Page, login: { username: string; password: string }): Promise<void> {
  await page.goto('/');
  await page.locator('input[name=username]').fill(login.username);
  await page.locator('input[name=password]').fill(login.password);
  await page.locator('button[type=submit]').click();
  await page.locator('input[name=password]').waitFor({ state: 'detached' });
}

async function take(page: Page, name: string): Promise<void> {
  await settle(page);
  await shoot(page, name);
}

/** On a busy machine the live picture may be veiled as too old: then again, a moment later. */
async function takeFresh(page: Page, name: string): Promise<void> {
  await settle(page);
  const isFresh = async () =>
    (await page.getByTestId('picture-count').count()) > 0 &&
    (await page.locator('.picture-veil').count()) === 0;
  for (let attempt = 0; attempt < 10; attempt++) {
    await until('the picture is fresh', isFresh);
    await shoot(page, name);
    if (await isFresh()) return;
  }
  throw new Error('The live picture never stayed fresh: is the machine too busy?');
}

/** The live stream never ends, so the network is never idle: wait for what is drawn instead. */
async function settle(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.evaluate(() => document.fonts.ready.then(() => true));
  await sleep(1000);
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(folder, `${name}.png`) });
  console.error(`docs/screenshots/${name}.png`);
}

/** @throws Error naming what did not happen within two minutes. */
async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const latest = performance.now() + 120_000;
  while (!(await isSo())) {
    if (performance.now() > latest) throw new Error(`Waited in vain: ${what}.`);
    await sleep(300);
  }
}

/** `wanted`: states by room id. */
async function areSo(
  client: HttpClient,
  wanted: Readonly<Record<string, RoomStateName>>,
): Promise<boolean> {
  const buildings = await client.get('/api/v1/buildings', z.array(BuildingView));
  const rooms = buildings.flatMap((building) => building.rooms);
  return Object.entries(wanted).every(
    ([id, state]) => rooms.find((room) => room.id === id)?.live.state === state,
  );
}

async function dayOn(client: HttpClient, spaceId: string): Promise<number> {
  const spaces = await client.get('/api/v1/spaces', z.array(SpaceView));
  return spaces.find(({ id }) => id === spaceId)?.display.day ?? 0;
}

async function findSentCase(client: HttpClient): Promise<Case | undefined> {
  const cases = await client.get('/api/v1/cases', z.array(Case));
  return cases.find(({ status }) => status === 'sent');
}
