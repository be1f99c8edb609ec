import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import type { Login } from '../../packages/cli/src/demo/run.ts';
import { demoTown, expectAccessible, expectToFit, phone, signInAt } from './browsing.ts';

/** The car on it is forgotten until black. */
const forgotten = 'r-03';

const demo = demoTown({ counting: false });

const signIn = (page: Page, login: Login): Promise<void> => signInAt(demo.url, page, login);

test.describe('the page of a bollard', () => {
  test('says colour, day and rule to anybody, asks no other host, and fits a small phone', async ({
    page,
  }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    const hosts = new Set<string>();
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    await page.goto(`${demo.url}/b/${forgotten}`);
    const space = page.getByTestId('citizen-space');
    await expect(space).toHaveAttribute('data-state', 'parked', { timeout: 30_000 });
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Jour \d+ sur 7$/);
    await expect(page.getByText(/^Couleur : \S/)).toBeVisible();
    await expect(page.getByText('Un véhicule peut rester 7 jours de suite')).toBeVisible();
    await expectToFit(page);
    await expectAccessible(page);
    expect([...hosts]).toEqual([new URL(demo.url).host]);
  });

  test('speaks the language of the phone, and the other one by a switch', async ({ browser }) => {
    const context = await browser.newContext({ locale: 'de-DE', viewport: phone });
    const page = await context.newPage();
    await page.addInitScript(() =>
      Object.defineProperty(navigator, 'languages', { get: () => ['de-DE', 'en-GB'] }),
    );
    await page.goto(`${demo.url}/b/${forgotten}`);
    await expect(page.getByText('The rule here')).toBeVisible();
    await page.getByText('FR', { exact: true }).click();
    await expect(page.getByText('La règle ici')).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
    await page.reload();
    await expect(page.getByText('La règle ici')).toBeVisible();
    await context.close();
  });

  test('is friendly where the space is unknown', async ({ page }) => {
    await page.goto(`${demo.url}/b/nowhere`);
    await expect(page.getByText('Cette place n’est pas connue ici.')).toBeVisible();
    await expectAccessible(page);
  });

  test('can be read with large letters', async ({ page }) => {
    await page.setViewportSize(phone);
    await page.goto(`${demo.url}/b/${forgotten}`);
    await expect(page.getByTestId('citizen-space')).toBeVisible();
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    await expectToFit(page);
  });
});

// Early: the first case of the demo opens within its first minute.
test('an officer finds the place, sees the stay, and acts with one thumb', async ({ page }) => {
  test.setTimeout(200_000);
  await page.setViewportSize(phone);
  await signIn(page, demo.logins.police);
  await page.goto(`${demo.url}/cases`);
  await expectAccessible(page);
  // A fresh one: the car of the demo leaves by itself after twelve black days, which are a minute.
  const fresh = page.locator('.case-row', { hasText: /Place R-03.* (8|9|10|11) jours/s });
  await expect(fresh).toBeVisible({ timeout: 120_000 });
  await fresh.click();
  await expect(page.getByTestId('case')).toBeVisible();
  await expect(page.getByRole('img', { name: /^Plan : la place R-03/ })).toBeVisible();
  const neighbours = page.getByRole('list', { name: 'Places voisines' });
  await expect(neighbours.getByRole('listitem').first()).toContainText(/\d+ m au (nord|sud)/);
  await expect(page.getByRole('img', { name: /couleurs, décrit ci-dessous/ })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Capteurs de la place' })).toContainText('Répond');
  await expectToFit(page);
  await expectAccessible(page);
  const acknowledge = page.getByRole('button', { name: 'Prendre en compte' });
  await expect(acknowledge).toBeInViewport();
  const box = await acknowledge.boundingBox();
  expect(box?.y).toBeGreaterThan(phone.height / 2);
  expect(box?.height).toBeGreaterThanOrEqual(44);
  await page.getByRole('button', { name: 'Stationnement légitime' }).click();
  await page.getByRole('button', { name: 'Enregistrer : Stationnement légitime' }).click();
  await expect(page.getByTestId('case').getByText('Suite donnée')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Clore le dossier' })).toBeInViewport();
  await expectAccessible(page);
});

test('the statistics show how full the zones are, by keyboard too, and give their file', async ({
  page,
}) => {
  await signIn(page, demo.logins.admin);
  await page.goto(`${demo.url}/parking`);
  await page.getByRole('link', { name: 'Statistiques' }).click();
  // Longer than a demo town has been there, whose days last 5 s.
  await page.getByRole('button', { name: '1 an' }).click();
  await expect(page.getByTestId('headline')).toContainText('%', { timeout: 30_000 });
  const plot = page.getByRole('slider', { name: 'Rue de la République' });
  // The newest point stays chosen when the period changes.
  await expect(plot).toHaveAttribute('aria-valuemax', '364');
  await expect(plot).toHaveAttribute('aria-valuenow', '364');
  await plot.focus();
  await page.keyboard.press('Home');
  await expect(plot).toHaveAttribute('aria-valuenow', '0');
  await expect(plot).toHaveAttribute('aria-valuetext', /pas d’observation/);
  await page.keyboard.press('End');
  await expect(plot).toHaveAttribute('aria-valuetext', /%$/);
  await page.getByText('Voir le tableau').click();
  await expect(page.getByRole('table').first()).toContainText('Rue de la République');
  await expect(page.getByRole('table', { name: 'Capteurs' })).toContainText('Répond');
  await expectAccessible(page);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Exporter en CSV : Occupation' }).click();
  const file = await readFile(await (await download).path(), 'utf8');
  expect(file).toMatch(/^\ufeffstart;zone;occupied_hours;observed_hours;occupancy\r\n/);
  expect(file.split('\r\n').length).toBeGreaterThan(60);
});

test('the statistics change with period and zone, and say when there is nothing', async ({
  page,
}) => {
  await page.setViewportSize(phone);
  await signIn(page, demo.logins.admin);
  await page.goto(`${demo.url}/parking/statistics`);
  await page.getByRole('button', { name: '7 jours' }).click();
  await expect(page.getByText('heure par heure')).toBeVisible();
  await page.getByLabel('Zone', { exact: true }).selectOption('parc-longue-duree');
  await expect(page.getByRole('slider')).toHaveCount(1);
  await expect(page).toHaveURL(/days=7.*zone=parc-longue-duree/);
  await expectToFit(page);
  await expectAccessible(page);
  await page.goto(`${demo.url}/parking/statistics?from=2020-01-01&to=2020-01-31`);
  await expect(page.getByText('Rien n’a été observé pendant cette période.')).toBeVisible();
});
