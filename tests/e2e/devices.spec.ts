import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, type Locator, type Page, test } from '@playwright/test';
import type { ParkingCamera } from '@vigie/contracts/parking-cameras';
import { modelFolders } from '@vigie/vision/shelf';
import qrcode from 'qrcode-generator';
import { demoTown, expectAccessible, expectToFit, phone, signInAt } from './browsing.ts';

const demo = demoTown();

async function openDevices(page: Page): Promise<void> {
  await signInAt(demo.url, page, demo.logins.admin);
  await page.goto(`${demo.url}/devices`);
  await expect(page.getByRole('heading', { level: 1, name: 'Bornes' })).toBeVisible();
}

/** A picture of a QR code, as a photo of a sensor would be. */
function pictureOf(text: string): { name: string; mimeType: string; buffer: Buffer } {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const [, base64 = ''] = code.createDataURL(6, 24).split(',');
  return { name: 'code.gif', mimeType: 'image/gif', buffer: Buffer.from(base64, 'base64') };
}

test('the inventory fits a phone, is found by its states, and gives its files', async ({
  page,
}) => {
  await page.setViewportSize(phone);
  await openDevices(page);
  const rows = page.locator('[data-testid^="device-"]');
  await expect(rows.first()).toBeVisible();
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.getByLabel('Nom, EUI, modèle ou place').fill('nulle-part');
  await expect(page.getByText('Aucune borne ne correspond.')).toBeVisible();
  await page.getByLabel('Nom, EUI, modèle ou place').fill('');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Exporter en CSV' }).click();
  const file = await readFile(await (await download).path(), 'utf8');
  expect(file).toMatch(/^\ufeffid;spaces;model;eui;heartbeat_ms;life;/);
  const labels = await page.request.get(`${demo.url}/api/v1/bollards/labels.pdf`);
  expect((await labels.body()).subarray(0, 5).toString()).toBe('%PDF-');
});

test('a sensor is paired by a photo of its code, gets a new key, and is retired', async ({
  page,
}) => {
  await openDevices(page);
  await page.getByRole('button', { name: 'Ajouter une borne' }).click();
  const dialog = page.getByRole('dialog');
  await dialog
    .locator('input[type=file]')
    .setInputFiles(pictureOf('LW:D0:1122334455667788:AABBCCDDEEFF0011:AABB1122:PFOOBAR'));
  await expect(dialog.getByLabel('EUI (LoRaWAN)')).toHaveValue('aabbccddeeff0011');
  await dialog.getByLabel('Ou saisissez le code').fill(`${demo.url}/b/r-01`);
  await expect(dialog.getByRole('combobox', { name: 'Place' })).toHaveValue(/^R-01/);
  await expectAccessible(page);
  await dialog.getByLabel('Modèle').click();
  await page.getByRole('option', { name: 'nwave-nps405' }).click();
  await dialog.getByRole('button', { name: 'Associer' }).click();
  await expect(dialog.getByTestId('shown-once')).toHaveText(/\S{24,}/);
  await dialog.getByRole('button', { name: 'Fermer' }).click();
  const row = page.getByTestId('device-borne-ff0011');
  await expect(row).toHaveAttribute('data-life', 'installed');
  await row.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Nouvelle clé' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Nouvelle clé' }).click();
  await expect(page.getByTestId('shown-once')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Fermer' }).click();
  await row.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Retirer du service' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Retirer du service' }).click();
  await expect(row).toHaveCount(0);
});

test('a bollard is replaced, and its space goes on', async ({ page }) => {
  await openDevices(page);
  const row = page.locator('[data-testid^="device-"]').first();
  const place = (await row.getByRole('link').first().getAttribute('href')) ?? '';
  expect(place).toMatch(/^\/parking\//);
  await row.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Remplacer' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Nom de la borne').fill('remplacante');
  await dialog.getByRole('button', { name: 'Remplacer' }).click();
  await expect(dialog.getByTestId('shown-once')).toBeVisible();
  await dialog.getByRole('button', { name: 'Fermer' }).click();
  const made = page.getByTestId('device-remplacante').getByRole('link').first();
  await expect(made).toHaveAttribute('href', place);
});

test('a file is tried first; wrong lines are named, right ones are taken', async ({ page }) => {
  await openDevices(page);
  const choose = (text: string) =>
    page
      .locator('.page-head input[type=file]')
      .setInputFiles({ name: 'bornes.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await choose('id;spaces\nneuve-1;r-01\nneuve-2;nulle-part\n');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('la place nulle-part n’existe pas')).toBeVisible();
  await expect(dialog.getByText('Ligne 3 :')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Importer' })).toBeDisabled();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Fermer' }).click();
  await choose('id;spaces\nneuve-1;r-01\n');
  await expect(dialog.getByText('1 borne changerait')).toBeVisible();
  await dialog.getByRole('button', { name: 'Importer' }).click();
  await expect(dialog.getByText('1 borne a changé.')).toBeVisible();
  await expect(dialog.getByText(/^neuve-1 {2}\S{24,}/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Fermer' }).click();
  await expect(page.getByTestId('device-neuve-1')).toBeVisible();
});

const CLIP = resolve(import.meta.dirname, '..', '..', 'demo', 'footage', 'archive.mp4');
const patient = { timeout: 60_000 };

const spacesOf = async (page: Page): Promise<ParkingCamera['spaces']> => {
  const answer = await page.request.get(`${demo.url}/api/v1/parking-cameras`);
  return ((await answer.json()) as ParkingCamera[])[0]?.spaces ?? [];
};

/** A finger pulls something by so many CSS pixels to the right and down. */
async function pullByFinger(page: Page, thing: Locator, [right, down]: [number, number]) {
  const box = await thing.boundingBox();
  if (!box) throw new Error('what is to be pulled is not on the page');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setTouchEmulationEnabled', { enabled: true });
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', share?: number) =>
    devtools.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: share === undefined ? [] : [{ x: x + right * share, y: y + down * share }],
    });
  await touch('touchStart', 0);
  for (const share of [0.25, 0.5, 0.75, 1]) await touch('touchMove', share);
  await touch('touchEnd');
}

test('a space is drawn on the picture of a camera, by keyboard, mouse and finger', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await openDevices(page);
  await page.getByRole('link', { name: 'Caméras du stationnement' }).click();
  const cour = { id: 'cour', name: 'Cour', source: pathToFileURL(CLIP).href };
  const added = await page.request.put(`${demo.url}/api/v1/town`, {
    headers: { origin: demo.url },
    data: { parkingCameras: [cour] },
  });
  expect(added.ok()).toBe(true);
  await page.getByRole('link', { name: 'Cour' }).click(patient);

  await page.getByRole('combobox', { name: 'Dessiner une place' }).click();
  await page.getByRole('option', { name: /^L-01/ }).click();
  const corner = page.getByRole('button', { name: /^L-01, point 1 / });
  await expect(corner).toBeVisible(patient);
  await corner.focus();
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('ArrowUp');
  const middle = page.getByRole('button', { name: 'L-01 : déplacer l’ensemble' });
  const box = await middle.boundingBox();
  if (!box) throw new Error('the outline has no handle');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 100, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Enregistrer les contours' }).click();
  await expect(page.getByRole('button', { name: 'Enregistrer les contours' })).toHaveCount(0);

  const [drawn] = await spacesOf(page);
  const [first, second] = drawn?.polygon ?? [];
  expect(drawn?.spaceId).toBe('l-01');
  // The keys moved one corner, the mouse all of them.
  expect(first?.[1]).toBeCloseTo(0.395, 2);
  expect((second?.[0] ?? 0) - (first?.[0] ?? 0)).toBeCloseTo(0.25, 2);
  expect(first?.[0]).toBeGreaterThan(0.4);
  await expect(page.getByTestId('drawn-l-01')).toContainText('Libre', patient);

  await page.getByRole('button', { name: 'Confirmer cette vue' }).click();
  await expectAccessible(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Confirmer cette vue' }).click();
  await expect(page.getByText('Vue confirmée')).toBeVisible(patient);

  await page.setViewportSize(phone);
  await expectToFit(page);
  await page.getByRole('button', { name: 'Place L-01' }).click();
  const before = await corner.getAttribute('aria-label');
  await pullByFinger(page, corner, [30, 20]);
  await expect(corner).not.toHaveAttribute('aria-label', before ?? '');
  await page.getByRole('button', { name: 'Retirer le contour de L-01' }).click();
  await page.getByRole('button', { name: 'Enregistrer les contours' }).click();
  await expect.poll(() => spacesOf(page)).toEqual([]);
});

test('a model is brought, trusted by its hash, taken up by the worker, and removed', async ({
  page,
}) => {
  test.setTimeout(240_000);
  const file = modelFolders()
    .map((folder) => join(folder, 'yolox_nano.onnx'))
    .find(existsSync);
  test.skip(!file, 'no weights: yolox_nano.onnx');
  // A field that nobody reads makes other bytes of the same weights.
  const weights = Buffer.concat([await readFile(file ?? ''), Buffer.from([0x32, 1, 0x61])]);
  const send = (buffer: Buffer) =>
    page
      .locator('input[type=file]')
      .setInputFiles({ name: 'mon modèle.onnx', mimeType: 'application/octet-stream', buffer });
  await openDevices(page);
  await page.goto(`${demo.url}/rooms`);
  await page.getByRole('link', { name: 'Modèles' }).click();
  await expect(page.getByTestId('model-yolox_nano.onnx')).toBeVisible(patient);
  await send(Buffer.from('<html>not found</html>'));
  await expect(page.getByText('n’est pas un détecteur ONNX')).toBeVisible(patient);
  await send(weights);
  const waiting = page.getByTestId('waiting-mon-mod-le.onnx');
  await expect(waiting).toContainText('Envoyé par admin', patient);
  await expectAccessible(page);
  const trust = waiting.getByRole('button', { name: 'Faire confiance et installer' });
  await expect(trust).toBeDisabled();
  await waiting.getByLabel('J’ai comparé l’empreinte').check();
  await waiting.getByLabel('Empreinte annoncée').fill('0'.repeat(64));
  await expect(trust).toBeDisabled();
  const hash = (await waiting.locator('code').textContent()) ?? '';
  await waiting.getByLabel('Empreinte annoncée').fill(hash.replaceAll(' ', '').toUpperCase());
  await expect(waiting.getByText('Les deux empreintes sont identiques.')).toBeVisible();
  await trust.click();
  const model = page.getByTestId('model-mon-mod-le.onnx');
  await expect(model).toContainText('demo', { timeout: 120_000 });
  await page.setViewportSize(phone);
  await expectToFit(page);
  await model.getByRole('button', { name: 'Retirer' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Retirer' }).click();
  await expect(model).toHaveCount(0, patient);
});
