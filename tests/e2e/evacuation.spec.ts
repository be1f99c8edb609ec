import { expect, type Page, test } from '@playwright/test';
import { Finding } from '../../packages/contracts/src/sweeps.ts';
import {
  demoTown,
  expectAccessible,
  expectToFit,
  phone,
  signInAt,
  signInHere,
} from './browsing.ts';

const demo = demoTown();

/** Longer than the longest clip of the demo, which begins anew at its end. */
const clipMs = 60_000;

const patient = { timeout: 30_000 };

const roomOn = (page: Page, id: string) => page.getByTestId(`board-room-${id}`);
const sweepOf = (page: Page, id: string) => page.getByTestId(`sweep-${id}`);

async function sound(page: Page): Promise<void> {
  await page.goto(`${demo.url}/rooms`);
  await page.getByRole('button', { name: 'Déclencher l’alarme' }).click();
  await page.getByRole('radio', { name: /Exercice/ }).check();
  await page.getByRole('button', { name: 'Déclencher : Exercice' }).click();
  await expect(page).toHaveURL(/\/incidents\//);
}

test('a drill: people leave, a warden sweeps through a network gap, cameras disagree, and it ends', async ({
  page,
  browser,
}) => {
  test.setTimeout(4 * clipMs);
  await signInAt(demo.url, page, demo.logins.fire);
  const office = page.getByTestId('room-bureau');
  await page.goto(`${demo.url}/rooms`);
  await expect(office).toHaveAttribute('data-count', '2', { timeout: clipMs });
  await sound(page);
  await expect(roomOn(page, 'bureau')).toContainText('2 au départ');
  await expect(roomOn(page, 'bureau')).toHaveAttribute('data-state', 'empty', { timeout: clipMs });

  const context = await browser.newContext({ viewport: phone, locale: 'fr-FR' });
  const warden = await context.newPage();
  await signInAt(demo.url, warden, demo.logins.fire);
  await warden.goto(page.url());
  await warden.getByRole('link', { name: 'Mes salles' }).click();
  await expect(sweepOf(warden, 'archives')).toContainText('Fermer la porte coupe-feu');
  await expect(sweepOf(warden, 'salle-de-reunion')).toHaveCount(0);
  await warden.getByRole('button', { name: /2 autres pièces/ }).click();
  await expect(sweepOf(warden, 'salle-de-reunion')).toBeVisible();
  await expectToFit(warden);
  await expectAccessible(warden);

  await warden.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await expect
    .poll(() => warden.evaluate(() => localStorage.getItem('vigie.incident') !== null))
    .toBe(true);
  await context.setOffline(true);
  await sweepOf(warden, 'archives')
    .getByRole('button', { name: /^Personne/ })
    .click();
  await sweepOf(warden, 'bureau')
    .getByRole('button', { name: /Il reste/ })
    .click();
  await sweepOf(warden, 'bureau').getByRole('button', { name: '2', exact: true }).click();
  await expect(warden.getByTestId('outbox')).toContainText('À envoyer : 2');
  await expect(roomOn(page, 'archives')).not.toHaveAttribute('data-state', 'swept');

  await warden.reload();
  await expect(sweepOf(warden, 'archives')).toContainText('à envoyer');
  await expect(sweepOf(warden, 'archives')).toContainText('INCONNU');
  await expect(warden.getByTestId('outbox')).toContainText('À envoyer : 2');
  await context.clearCookies();
  const backAt = Date.now();
  await context.setOffline(false);
  await expect(warden.getByTestId('outbox')).toContainText('2 constats de pompier', patient);
  await expectAccessible(warden);
  await signInHere(warden, demo.logins.fire);
  await expect(warden.getByTestId('outbox')).not.toContainText('À envoyer', patient);
  const incident = page.url().replace(/.*\/incidents\//, '');
  const told = await page.request.get(`${demo.url}/api/v1/incidents/${incident}/findings`);
  const findings = Finding.array().parse(await told.json());
  expect(findings.map(({ madeAt }) => Date.parse(madeAt) < backAt)).toEqual([true, true]);
  await expect(roomOn(page, 'archives')).toHaveAttribute('data-state', 'swept');
  await expect(roomOn(page, 'bureau')).toContainText(/y a vu du monde/);

  await warden.getByRole('button', { name: /2 autres pièces/ }).click();
  await sweepOf(warden, 'salle-de-reunion')
    .getByRole('button', { name: /^Personne/ })
    .click();
  const meeting = roomOn(page, 'salle-de-reunion');
  await expect(meeting).toHaveAttribute('data-state', 'contradiction', { timeout: 30_000 });
  await meeting.getByRole('button', { name: /En répondre/ }).click();
  await page.getByLabel('Motif').fill('une silhouette en carton');
  await page.getByRole('button', { name: 'J’en réponds' }).click();
  await expect(meeting).toContainText('une silhouette en carton');

  await warden.getByRole('button', { name: /Une personne de plus/ }).click();
  await expect(page.locator('[data-tally]')).toContainText('1');
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Terminer l’incident' }).click();
  await page.getByLabel('Motif').fill('fin de l’exercice');
  await page.getByRole('dialog').getByRole('button', { name: 'Terminer l’incident' }).click();
  await expect(page.getByText(/Terminé à/)).toBeVisible();
  await expect(roomOn(page, 'archives')).toHaveAttribute('data-state', 'swept');
  await context.close();
});

test('the fire service reads one board by a link, until it is taken back', async ({
  page,
  browser,
}) => {
  await signInAt(demo.url, page, demo.logins.fire);
  await sound(page);
  await page.getByRole('button', { name: 'Lien pour les pompiers' }).click();
  await page.getByRole('button', { name: 'Créer un lien' }).click();
  const address = (await page.getByTestId('board-link').textContent()) ?? '';
  await expectAccessible(page);
  const context = await browser.newContext({ viewport: phone, locale: 'fr-FR' });
  const stranger = await context.newPage();
  await stranger.goto(address);
  await expect(roomOn(stranger, 'archives')).toBeVisible();
  await expect(stranger.getByRole('button', { name: /Images|En répondre|Terminer/ })).toHaveCount(
    0,
  );
  await expectToFit(stranger);
  await expectAccessible(stranger);
  await page.getByRole('button', { name: 'Retirer' }).click();
  await expect(stranger.getByRole('alert')).toContainText('Ce lien n’ouvre aucun tableau', {
    timeout: 20_000,
  });
  await context.close();
});
