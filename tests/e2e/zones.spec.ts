import { expect, type Page, test } from '@playwright/test';
import { connectAsync } from 'mqtt';
import type { Login } from '../../packages/cli/src/demo/run.ts';
import { topics } from '../../packages/contracts/src/topics.ts';
import { demoTown, expectAccessible, expectToFit, phone, signInAt } from './browsing.ts';

const demo = demoTown({ counting: false });

const signIn = (page: Page, login: Login): Promise<void> => signInAt(demo.url, page, login);

test('rules are tried on the parked cars before they are sent, and leave a trace', async ({
  page,
}) => {
  await signIn(page, demo.logins.admin);
  await page.goto(`${demo.url}/parking`);
  await page.getByRole('link', { name: 'Zones et règles' }).click();
  await expect(page.getByRole('link', { name: /Rue de la République.*7 jours/ })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: /Rue de la République/ }).click();
  const rules = page.getByTestId('zone-rules');
  await expect(rules).toContainText('R417-12');
  await expect(rules).toContainText(/Exemple : arrivée .*, noir /);
  await page.getByRole('button', { name: 'Modifier les règles' }).click();
  await expectAccessible(page);
  const days = page.getByLabel('Durée autorisée');
  await days.fill('2');
  await page.getByRole('button', { name: 'Voir les effets' }).click();
  const effects = page.getByTestId('zone-effects');
  await expect(effects).toContainText('9 places');
  await expect(effects).toContainText('Les bornes montreraient d’autres couleurs.');
  await expectAccessible(page);
  await days.fill('3');
  await expect(effects).toHaveCount(0);
  await page.getByRole('button', { name: 'Voir les effets' }).click();
  await page.getByRole('button', { name: 'Appliquer maintenant' }).click();
  await expect(rules).toContainText('3 jours');
  const newest = page
    .getByRole('region', { name: 'Historique des règles' })
    .getByRole('listitem')
    .first();
  await expect(newest).toContainText(`par ${demo.logins.admin.username}`);
  await expect(newest).toContainText(/Durée autorisée : 7 jours.*3 jours/);
  await expectAccessible(page);
});

test('a change is announced from a phone, and what cannot be meant is not sent', async ({
  page,
}) => {
  await page.setViewportSize(phone);
  await signIn(page, demo.logins.admin);
  await page.goto(`${demo.url}/zones/parc-longue-duree`);
  await page.getByRole('button', { name: 'Modifier les règles' }).click();
  await page.getByLabel('À partir d’une date').check();
  await page.getByLabel('Date et heure').fill('2040-01-01T00:00');
  await page.getByLabel('Par jours civils').check();
  await page.getByRole('button', { name: 'Ajouter un destinataire' }).click();
  await page.getByLabel('Moyen (2)').selectOption('sms');
  await page.getByLabel('Numéro, avec indicatif (+33…) (2)').fill('0612345678');
  await page.getByLabel('Ne prévenir personne').check();
  await page.getByRole('button', { name: 'Voir les effets' }).click();
  await expect(page.getByText('Corrigez les champs signalés')).toBeVisible();
  await expect(page.getByText('Cette adresse n’est pas valable pour ce moyen.')).toBeVisible();
  await expectToFit(page);
  await expectAccessible(page);
  await page.getByLabel('Numéro, avec indicatif (+33…) (2)').fill('+33612345678');
  await page.getByRole('button', { name: 'Monter d’un rang (2)' }).click();
  await page.getByRole('button', { name: 'Voir les effets' }).click();
  await page.getByRole('button', { name: /^Annoncer : le 1 janv\. 2040 à 00:00$/ }).click();
  const announced = page.getByRole('region', { name: 'Changements annoncés' });
  await expect(announced).toContainText('de minuit à minuit');
  await expect(announced).toContainText('+33612345678 puis commissariat@demo.invalid');
  await expect(announced).toContainText('de 22:00 à 07:00');
  await expect(page.getByTestId('zone-rules')).toContainText('depuis l’arrivée');
  await expectToFit(page);
  await expectAccessible(page);
});

test('who may not change rules reads them', async ({ page }) => {
  await signIn(page, demo.logins.police);
  await page.goto(`${demo.url}/zones/rue-republique`);
  await expect(page.getByTestId('zone-rules')).toContainText('R417-12');
  await expect(page.getByRole('button', { name: 'Modifier les règles' })).toHaveCount(0);
});

test('a stay is authorised with a reason, and the authorisation withdrawn', async ({ page }) => {
  await page.setViewportSize(phone);
  await signIn(page, demo.logins.admin);
  await page.goto(`${demo.url}/parking/r-03`);
  const part = page.getByTestId('exemptions');
  await part.getByRole('button', { name: 'Autoriser un stationnement' }).click();
  await part.getByLabel('Jusqu’à quand').fill('2040-01-01T12:00');
  await part.getByRole('button', { name: 'Autoriser', exact: true }).click();
  await expect(part).toContainText('Donnez un motif');
  await expectAccessible(page);
  await part.getByLabel('Motif').fill('Tournage, arrêté 2026-41');
  await part.getByRole('button', { name: 'Autoriser', exact: true }).click();
  await expect(part).toContainText('Autorisé jusqu’à : le 1 janv. 2040 à 12:00');
  await expect(part).toContainText('Tournage, arrêté 2026-41');
  await expectToFit(page);
  await expectAccessible(page);
  await part.getByRole('button', { name: 'Retirer l’autorisation' }).click();
  await part.getByRole('button', { name: 'Retirer maintenant' }).click();
  await expect(part).toContainText('Aucune autorisation n’est en vigueur');
  await part.getByText('Autorisations passées (1)').click();
  await expect(part).toContainText('retirée avant son terme');
  await expectAccessible(page);
});

test('the page of a space says how its sensor is, and what it missed of a stay', async ({
  page,
}) => {
  await signIn(page, demo.logins.admin);
  await page.goto(`${demo.url}/parking/r-03`);
  await expect(page.getByTestId('space-now')).toContainText('Dernier signe de vie');
  await page.goto(`${demo.url}/parking/r-09`);
  await expect(page.getByTestId('space-now')).toContainText(
    'Aucun capteur ne s’est encore manifesté ici.',
  );
  const { id, key } = demo.spare;
  const { now } = await (await page.request.get(`${demo.url}/api/v1/clock`)).json();
  const left = { v: 1, occupied: false, at: now, previousStateMs: 6 * 3_600_000 };
  const bollard = await connectAsync(demo.mqttUrl, { username: id, password: key });
  await bollard.publishAsync(topics.bollardState(id), JSON.stringify(left), { qos: 1 });
  await bollard.endAsync();
  const stays = page.getByRole('region', { name: 'Derniers stationnements' });
  await expect(stays).toContainText('Arrivée déduite : le capteur ne l’a pas vue');
  await expectAccessible(page);
});

test('the data-protection officer checks the log, and reads documents and what was deleted', async ({
  page,
}) => {
  await signIn(page, demo.logins.admin);
  await page.goto(`${demo.url}/audit`);
  await page.getByRole('button', { name: 'Vérifier le journal' }).click();
  await expect(page.getByText(/^Intact : \d+ lignes vérifiées/)).toBeVisible();
  await page.getByLabel('Quoi').selectOption({ label: 'S’est connecté' });
  await expect(page.getByRole('cell', { name: 'Compte créé' })).toHaveCount(0);
  await expectAccessible(page);
  await page.goto(`${demo.url}/retention`);
  await expect(page.getByRole('columnheader', { name: 'Dernière suppression' })).toBeVisible();
  await expectAccessible(page);
  await page.goto(`${demo.url}/privacy`);
  await page.getByRole('button', { name: 'Registre des traitements' }).click();
  await expect(page.getByText('À COMPLÉTER : base légale').first()).toBeVisible();
  await page.getByLabel(/^Identifiant, nom complet/).fill('pompier');
  await page.getByRole('button', { name: 'Chercher' }).click();
  await expect(page.getByText('Compte', { exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize(phone);
  for (const path of ['audit', 'retention', 'privacy']) {
    await page.goto(`${demo.url}/${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectToFit(page);
  }
});
