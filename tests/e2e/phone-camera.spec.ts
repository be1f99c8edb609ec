import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type HttpClient, signIn } from '../../packages/cli/src/http-client.ts';
import { RoomView } from '../../packages/contracts/src/evacuation.ts';
import { encodeJpeg } from '../../packages/vision/src/camera/picture.driver.ts';
import { sourceUrlOf } from '../../packages/vision/src/camera/source-url.ts';
import { openVideo } from '../../packages/vision/src/camera/video.driver.ts';
import { FOOTAGE } from '../../packages/vision/src/testing/weights.ts';
import { demoTown, expectAccessible, expectToFit, phone, signInAt } from './browsing.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-lens-'));
const film = join(folder, 'office.mjpeg');

/** The browser's camera sees two people in an office. */
test.use({
  launchOptions: {
    ...(process.env.CHROMIUM
      ? { executablePath: process.env.CHROMIUM }
      : { executablePath: '/usr/bin/chromium' }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ],
  },
});

const demo = demoTown();
let admin: HttpClient;

test.beforeAll(async () => {
  writeFileSync(film, await officeAsJpegs());
  admin = await signIn(demo.url, demo.logins.admin);
});

test.afterAll(() => rmSync(folder, { recursive: true }));

async function officeAsJpegs(): Promise<Buffer> {
  const source = sourceUrlOf(`file://${join(FOOTAGE, 'office.mp4')}`);
  if (!source) throw new Error('the clip has no address');
  const video = openVideo(source);
  const jpegs: Uint8Array[] = [];
  for (const frame of video.frames())
    jpegs.push((await encodeJpeg(frame.picture(), { longSide: 640, quality: 85 })).jpeg);
  video.close();
  return Buffer.concat(jpegs);
}

/** The room's camera that is a browser. */
async function sourceIn(roomId: string) {
  const { live } = await admin.get(`/api/v1/rooms/${roomId}`, RoomView);
  return live.sources.find(({ cameraId }) => cameraId.startsWith('browser-'));
}

async function drawLink(page: Page, roomId: string): Promise<string> {
  await signInAt(demo.url, page, demo.logins.admin);
  await page.goto(`${demo.url}/rooms/${roomId}`);
  await page.getByRole('button', { name: 'Téléphone comme caméra' }).click();
  await page.getByLabel('Nom de la caméra').fill('Téléphone du gardien');
  await page.getByRole('button', { name: 'Créer le lien' }).click();
  const link = page.getByTestId('phone-link');
  await expect(link).toBeVisible();
  await expectAccessible(page);
  return (await link.textContent()) ?? '';
}

test('a telephone becomes a camera by a link, is counted, and is unknown when it stops', async ({
  page,
  browser,
}) => {
  test.setTimeout(240_000);
  const roomId = demo.town.rooms[0]?.id ?? '';
  const link = await drawLink(page, roomId);
  const context = await browser.newContext({ viewport: phone, locale: 'fr-FR' });
  const telephone = await context.newPage();
  await telephone.goto(link);
  await expect(telephone.getByText('rien n’est enregistré')).toBeVisible();
  await expectAccessible(telephone);
  await expectToFit(telephone);
  await telephone.getByRole('button', { name: 'Commencer à filmer' }).click();
  await expect(telephone.getByText('Filme et envoie')).toBeVisible({ timeout: 20_000 });
  await expectAccessible(telephone);
  await expectToFit(telephone);
  await expect
    .poll(() => sourceIn(roomId), { timeout: 90_000 })
    .toMatchObject({ health: 'ok', count: 2 });
  await telephone.getByRole('button', { name: 'Arrêter de filmer' }).click();
  await expect(telephone.getByText('Plus aucune image ne part')).toBeVisible();
  await expect
    .poll(() => sourceIn(roomId), { timeout: 20_000 })
    .toMatchObject({ health: expect.stringMatching(/late|lost/), count: null });
  await context.close();
  await page.reload();
  await page.getByRole('button', { name: 'Retirer Téléphone du gardien' }).click();
  const dialog = page.getByRole('dialog');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Retirer Téléphone du gardien' }).click();
  await expect.poll(() => sourceIn(roomId)).toBeUndefined();
});

test('a link that is not valid is refused in words', async ({ page }) => {
  await page.goto(`${demo.url}/camera/abcdef`);
  await expect(page.getByRole('alert')).toContainText('Ce lien n’ouvre aucune caméra');
  await expectAccessible(page);
});
