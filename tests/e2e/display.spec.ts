import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { openPageDriver } from '../../packages/bollard/src/index.ts';
import { type HttpClient, signIn } from '../../packages/cli/src/http-client.ts';
import { DisplayToken } from '../../packages/contracts/src/devices.ts';
import { demoTown } from './browsing.ts';

/** The car on it stays for days. */
const forgottenSpace = 'r-03';

const demo = demoTown({ counting: false });
let admin: HttpClient;
let line: Awaited<ReturnType<typeof openLine>>;

test.beforeAll(async () => {
  admin = await signIn(demo.url, demo.logins.admin);
  line = await openLine(Number(new URL(demo.url).port));
});

test.afterAll(() => line?.cut());

/** A line to the server that can be cut and mended. */
async function openLine(serverPort: number) {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(serverPort, '127.0.0.1');
    for (const socket of [near, far]) sockets.add(socket.on('error', () => undefined));
    near.pipe(far).pipe(near);
  });
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    cut: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
    mend: () => listen(port),
  };
}

async function openDisplay(page: Page): Promise<void> {
  const bollard = demo.town.bollards.find(({ spaceId }) => spaceId === forgottenSpace);
  const tokenOf = `/api/v1/bollards/${bollard?.id}/display-token`;
  const { path } = await admin.post(tokenOf, {}, DisplayToken);
  await page.goto(line.url + path);
}

const dayOn = async (page: Page): Promise<number> =>
  Number(await page.locator('.display-sign').textContent());

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

test('a small screen moves on through an outage, says so in small, and goes on afterwards', async ({
  page,
}) => {
  await openDisplay(page);
  const face = page.locator('.display');
  await expect(face).toHaveAttribute('data-kind', /^(day|overstay)$/, { timeout: 30_000 });
  const note = page.getByText('Sans contact depuis');
  await expect(note).toHaveCount(0);

  const before = await dayOn(page);
  await line.cut();
  await expect.poll(() => dayOn(page), { timeout: 25_000 }).toBeGreaterThanOrEqual(before + 2);
  await expect(note).toBeVisible();
  await expectAccessible(page);

  await line.mend();
  await expect(note).toHaveCount(0, { timeout: 20_000 });
  await expect(face).toBeVisible();
});

test('a small screen fills itself, needs nobody to sign in, and stands still', async ({ page }) => {
  await page.setViewportSize({ width: 480, height: 320 });
  await openDisplay(page);
  const face = page.locator('.display');
  await expect(face).toHaveAttribute('data-kind', 'overstay', { timeout: 55_000 });
  await expect(page.getByText('Durée dépassée')).toBeVisible();
  expect(await face.boundingBox()).toEqual({ x: 0, y: 0, width: 480, height: 320 });
  const digits = await page.locator('.display-sign').boundingBox();
  expect(digits?.height).toBeGreaterThan(320 / 2);
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  await expect(page.getByLabel('Mot de passe')).toHaveCount(0);
  await expectAccessible(page);
});

test('a screen with a wrong token says so and shows no colour', async ({ page }) => {
  await page.goto(`${line.url}/display/b-r-03?token=wrong`);
  await expect(page.getByRole('alert')).toContainText('Écran non autorisé');
  await expectAccessible(page);
});

test('the page of a bollard’s own program follows its faces without any network', async ({
  page,
}) => {
  const bollard = await openPageDriver(0);
  const problems: string[] = [];
  page.on('pageerror', ({ message }) => problems.push(message));
  page.on('request', (request) => {
    if (!request.url().startsWith(bollard.url) && !request.url().startsWith('data:'))
      problems.push(request.url());
  });
  await page.goto(bollard.url);
  const face = page.locator('.display');
  await expect(face).toHaveClass(/display-waiting/);
  bollard.show({ kind: 'day', day: 3, colour: '#b95d00', label: '3' });
  await expect(face).toHaveText('3Jour · Day');
  await expect(face).toHaveCSS('background-color', 'rgb(185, 93, 0)');
  await expectAccessible(page);
  bollard.show({ kind: 'unknown', colour: '#b95d00', label: '3' });
  await expect(face).toHaveClass(/display-unknown display-keeps/);
  await expectAccessible(page);
  await bollard.stop();
  await expect(page.getByText('Programme arrêté')).toBeVisible();
  expect(problems).toEqual([]);
});
