import { expect, type Page, test } from '@playwright/test';
import { type Demo, type Login, startDemo } from '../../packages/cli/src/demo/run.ts';
import { expectAccessible, signInAt } from './browsing.ts';

let demo: Demo;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  demo = await startDemo({ clips: [], port: 0, say: () => undefined });
});

test.afterAll(async () => {
  await demo?.stop();
});

const signIn = (page: Page, login: Login): Promise<void> => signInAt(demo.url, page, login);

test('a wrong password is refused in words, and what was typed stays', async ({ page }) => {
  await page.goto(demo.url);
  await page.getByLabel('Identifiant').fill('police');
  await page.getByLabel('Mot de passe').fill('faux');
  await page.getByRole('button', { name: 'S’identifier' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByLabel('Identifiant')).toHaveValue('police');
  await expectAccessible(page);
});

test('a bollard changes its colour on the page without reloading', async ({ page }) => {
  await signIn(page, demo.logins.police);
  await page.goto(`${demo.url}/parking`);
  let loads = 0;
  page.on('load', () => loads++);
  const parked = page.locator('[data-testid^="space-"][data-state="parked"]').first();
  await expect(parked).toBeVisible({ timeout: 30_000 });
  const tile = page.getByTestId((await parked.getAttribute('data-testid')) ?? '');
  const before = await tile.getAttribute('data-colour');
  await expect(tile).not.toHaveAttribute('data-colour', before ?? '', { timeout: 20_000 });
  expect(loads).toBe(0);
  await expectAccessible(page);
});

test('the colours of a period are shown as each kind of eyes sees them', async ({ page }) => {
  await signIn(page, demo.logins.police);
  await page.goto(`${demo.url}/parking`);
  await page.getByRole('link', { name: 'Couleurs des jours' }).click();
  await page.getByRole('button', { name: '7 jours' }).click();
  const legend = page.getByRole('region', { name: 'Les couleurs, jour par jour' });
  await expect(legend.getByRole('listitem')).toHaveCount(8);
  await expectAccessible(page);
  const first = legend.locator('.legend-swatch').first();
  const usual = await first.getAttribute('style');
  await page.getByRole('button', { name: 'Deutéranope' }).click();
  await expect(first).not.toHaveAttribute('style', usual ?? '');
  await page.getByRole('button', { name: 'Lampe à LED' }).click();
  await expect(legend.locator('.lamp')).toHaveCount(8);
  await expectAccessible(page);
  await page.getByLabel('Autre durée, en jours').fill('9');
  await expect(legend.getByRole('listitem')).toHaveCount(10);
  await page.reload();
  await expect(legend.getByRole('listitem')).toHaveCount(10);
});

test('the alarm opens the board, which lists every room with its count at the start and now', async ({
  page,
}) => {
  await signIn(page, demo.logins.fire);
  await page.goto(`${demo.url}/rooms`);
  await expect(page.locator('[data-testid^="room-"]').first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Déclencher l’alarme' }).click();
  await page.getByRole('radio', { name: /Exercice/ }).check();
  await page.getByRole('button', { name: 'Déclencher : Exercice' }).click();
  await expect(page).toHaveURL(/\/incidents\//);
  const rooms = demo.town.rooms.map(({ id }) => page.getByTestId(`board-room-${id}`));
  for (const room of rooms) {
    await expect(room).toBeVisible();
    await expect(room).toContainText(/au départ/);
  }
  await expect(page.getByRole('timer')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Terminer l’incident' }).click();
  await page.getByLabel('Motif').fill('fin de l’exercice');
  await page.getByRole('dialog').getByRole('button', { name: 'Terminer l’incident' }).click();
  await expect(
    page.getByText(new RegExp(`Terminé .* par ${demo.logins.fire.username}`)),
  ).toBeVisible();
});

test('the live picture carries boxes, and private people are not recognisable by right', async ({
  page,
}) => {
  await signIn(page, demo.logins.fire);
  await page.goto(`${demo.url}/rooms`);
  const someone = page.locator('[data-testid^="room-"][data-state="people"]').first();
  await expect(someone).toBeVisible({ timeout: 40_000 });
  const room = await someone.getAttribute('data-testid');
  await someone.click();
  await expect(page).toHaveURL(/\/rooms\//);
  await expect(page.locator('canvas').first()).toBeVisible({ timeout: 20_000 });
  expect(room).not.toContain('archive');
});

test('the page of the directory is a step from the accounts, and says what is to be set', async ({
  page,
}) => {
  await signIn(page, demo.logins.admin);
  await page.goto(`${demo.url}/accounts`);
  await page.getByRole('link', { name: 'Annuaire' }).click();
  await expect(page.getByText('Aucun annuaire n’est configuré.')).toBeVisible();
  await expectAccessible(page);
});
