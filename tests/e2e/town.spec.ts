import { expect, type Page, test } from '@playwright/test';
import type { Login } from '../../packages/cli/src/demo/run.ts';
import { wallText } from '../../packages/contracts/src/wall-clock.ts';
import { demoTown, expectAccessible, expectToFit, phone, signInAt } from './browsing.ts';

const demo = demoTown();

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
  const button = page.getByRole('button', { name: 'Déclencher l’alarme' });
  for (const path of ['rooms/archives', 'plans', 'register', 'drills', 'inputs', 'account']) {
    await page.goto(`${demo.url}/${path}`);
    await expect(button, path).toBeVisible();
  }
  // One tap asks, the second one sounds.
  await button.click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Déclencher : Exercice' }).click();
  await expect(page).toHaveURL(/\/incidents\//);
  await expect(button).toBeVisible();
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

test('a drill is planned, announced where people begin, and begun there by one press', async ({
  page,
}) => {
  await signIn(page, demo.logins.fire);
  await page.goto(`${demo.url}/drills`);
  await page.getByRole('button', { name: 'Prévoir un exercice' }).click();
  const timeZone = 'Europe/Paris';
  const soon = new Date(Date.now() + 5 * 60_000);
  await page.getByLabel('Jour et heure').fill(wallText(soon, timeZone));
  await page.getByLabel('Pour les observateurs').fill('couloir est');
  await expectAccessible(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Prévoir un exercice' }).click();
  await expect(page.getByTestId('drill-hotel-de-ville')).toContainText('couloir est');
  await expectAccessible(page);
  await page.setViewportSize(phone);
  await expectToFit(page);
  await page.goto(`${demo.url}/rooms`);
  await expectToFit(page);
  await page.getByRole('button', { name: 'Déclencher l’exercice' }).click();
  await expect(page).toHaveURL(/\/incidents\//);
  await expect(page.getByRole('heading', { name: /Exercice/ })).toBeVisible();
  await page.getByRole('button', { name: 'Terminer l’incident' }).click();
  await page.getByLabel('Motif').fill('fin de l’exercice');
  await page.getByRole('dialog').getByRole('button', { name: 'Terminer l’incident' }).click();
  // Leaving the page at once would take the request along.
  await expect(page.getByText(/Terminé .* par/)).toBeVisible();
  await page.goto(`${demo.url}/drills`);
  await expect(page.getByText(/^Avant le/)).toBeVisible();
});

test('an alarm input is tried and kept, and its fault stands on the first page of the administrator', async ({
  page,
}) => {
  await signIn(page, demo.logins.admin);
  await page.goto(`${demo.url}/inputs`);
  await page.getByRole('button', { name: 'Ajouter une entrée' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Nom', { exact: false }).first().fill('Centrale nord');
  await form.getByLabel('Adresse du module').fill('127.0.0.1');
  await form.getByLabel('Port').fill('9');
  await form.getByLabel('Numéro').fill('3');
  await form.getByRole('button', { name: 'Essayer' }).click();
  await expect(form.getByRole('status')).toContainText('Ne répond pas');
  await expectAccessible(page);
  await form.getByRole('button', { name: 'Enregistrer' }).click();
  await page.goto(demo.url);
  await expect(page).toHaveURL(/\/overview/);
  await expect(page.getByText('Centrale nord')).toBeVisible({ timeout: 10_000 });
  await page.goto(`${demo.url}/inputs`);
  const row = page.getByTestId(/^input-centrale-nord/);
  await expect(row).toContainText('DÉFAUT');
  await page.setViewportSize(phone);
  await expectToFit(page);
  await expectAccessible(page);
  await row.getByRole('button', { name: 'Retirer' }).click();
  await row.getByRole('button', { name: /Oui/ }).click();
  await expect(row).toHaveCount(0);

  const others = page.locator('section').filter({ hasText: 'Centrales qui parlent d’elles-mêmes' });
  await others
    .getByRole('button', { name: /^Tirer une clé MQTT/ })
    .first()
    .click();
  await expect(others.getByRole('status')).toContainText('affichée cette seule fois');
  await expectToFit(page);
  await expectAccessible(page);
  await others.getByRole('button', { name: /^Retirer la clé/ }).click();
  await others.getByRole('button', { name: 'Oui, la centrale n’entrera plus' }).click();
  await expect(others.getByRole('status')).toHaveCount(0);
  await expect(others.getByRole('button', { name: /^Retirer la clé/ })).toHaveCount(0);
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
