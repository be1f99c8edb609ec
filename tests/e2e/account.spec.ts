import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { type HttpClient, signIn } from '../../packages/cli/src/http-client.ts';
import { AccountWithPassword } from '../../packages/contracts/src/accounts.ts';
import { DirectoryView } from '../../packages/contracts/src/directory.ts';
import { totpOf } from '../../packages/server/src/testing/totp.ts';
import { demoTown, expectAccessible, expectToFit, phone, signInAt } from './browsing.ts';

/** One person's way from the drawn password to a passkey: each test goes on from the one before. */
test.describe.configure({ mode: 'serial' });

const demo = demoTown({ counting: false });
const username = 'camille.roux';
const first = 'Lanterne-verte9';
const second = 'Passerelle-bleue7';
let admin: HttpClient;
let drawn: string;
let context: BrowserContext;
let page: Page;
let codes: string[];

test.beforeAll(async ({ browser }) => {
  admin = await signIn(demo.url, demo.logins.admin);
  const person = {
    username,
    name: 'Camille Roux',
    role: 'viewer',
    scope: { zoneIds: null, buildingIds: null },
  };
  drawn = (await admin.post('/api/v1/accounts', person, AccountWithPassword)).password;
  context = await browser.newContext({ viewport: phone, acceptDownloads: true });
  page = await context.newPage();
});
test.afterAll(() => context?.close());

const button = (name: string | RegExp, exact = true) => page.getByRole('button', { name, exact });
const part = (title: string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: title, exact: true }) });

/** Nothing hinders those who read otherwise, nothing sticks out of a telephone. */
async function expectCalm(): Promise<void> {
  await expectToFit(page);
  await expectAccessible(page);
}

/** Says name and password on the sign-in page that is open. */
async function knock(at: Page, name: string, password: string): Promise<void> {
  await at.getByLabel('Identifiant').fill(name);
  await at.getByLabel('Mot de passe').fill(password);
  await at.getByRole('button', { name: 'S’identifier', exact: true }).click();
}

async function leave(): Promise<void> {
  await button('Compte de Camille Roux').click();
  await button('Se déconnecter').click();
}

async function signOut(): Promise<void> {
  await leave();
  await expect(button('S’identifier')).toBeVisible();
}

test('a wrong password is refused in words; the drawn one opens nothing but a password of one’s own', async () => {
  await page.goto(demo.url);
  await knock(page, username, 'faux');
  await expect(page.getByRole('alert')).toHaveText('L’identifiant ou le mot de passe est faux.');
  await expectCalm();
  await knock(page, username, drawn);
  await expect(page.getByRole('heading', { name: 'Avant de commencer' })).toBeVisible();
});

test('the rules of the town and the bits are said while one types', async () => {
  await page.getByLabel('Mot de passe actuel').fill(drawn);
  const next = page.getByLabel('Nouveau mot de passe');
  const meter = page.locator('#password-meter');
  for (const [typed, says] of [
    ['Vert-9', 'Il faut au moins 8 caractères.'],
    ['lanterne-verte9', 'Il manque une majuscule.'],
    ['LANTERNE-VERTE9', 'Il manque une minuscule.'],
    ['LanterneVerte9', 'Il manque un caractère spécial'],
    ['C4mille-verte9', 'Il contient votre nom'],
    ['Dr@ncy-la-verte', 'Il contient Drancy, même déguisé.'],
  ] as const) {
    await next.fill(typed);
    await expect(meter).toContainText(says);
    await expect(button('Changer le mot de passe')).toBeDisabled();
  }
  await expectCalm();
  await next.fill('Kx-mqtwz');
  await expect(meter).toContainText(/Au plus 5\d bits : assez/);
  await next.fill(first);
  await expect(meter).toContainText(/Au plus 9\d bits : fort/);
  await button('Changer le mot de passe').click();
  await expect(page.getByRole('heading', { name: 'Avant de commencer' })).toHaveCount(0);
});

test('a password is changed, and a session elsewhere is listed and ended', async ({ browser }) => {
  await page.goto(`${demo.url}/account`);
  const form = part('Mot de passe');
  await form.getByLabel('Mot de passe actuel').fill(first);
  await form.getByLabel('Nouveau mot de passe').fill(second);
  await form.getByRole('button', { name: 'Changer le mot de passe' }).click();
  await expect(form.getByRole('status')).toContainText('C’est fait.');
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await signInAt(demo.url, other, { username, password: second });
  await page.reload();
  const sessions = part('Sessions ouvertes');
  await expect(sessions.getByRole('listitem')).toHaveCount(2);
  await expect(sessions).toContainText('Chrome, Linux');
  const end = sessions.getByRole('button', { name: 'Terminer' });
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await expect(end).toBeInViewport({ ratio: 1 });
  await end.click();
  await expect(sessions.getByRole('listitem')).toHaveCount(1);
  await other.reload();
  await expect(other.getByLabel('Identifiant')).toBeVisible();
  await elsewhere.close();
});

test('a second factor is set up, its backup codes are kept, and it is asked for at the door', async () => {
  const factor = part('Double authentification');
  const setUp = factor.getByRole('button', { name: 'La mettre en place' });
  await setUp.click();
  await factor.getByLabel('Votre mot de passe').fill(second);
  await setUp.click();
  const secret = (await factor.locator('p code').textContent()) ?? '';
  codes = await factor.locator('li code').allTextContents();
  expect(codes).toHaveLength(10);
  await expectCalm();
  const saving = page.waitForEvent('download');
  await factor.getByRole('button', { name: 'Télécharger' }).click();
  expect((await saving).suggestedFilename()).toBe('codes-vigie.txt');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText(`codes de secours de ${username}`)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Mon compte' })).toBeHidden();
  await page.emulateMedia({ media: 'screen' });
  await factor.getByLabel('Code à six chiffres').fill(totpOf(secret));
  await factor.getByRole('button', { name: 'Confirmer' }).click();
  await expect(factor).toContainText('Il vous reste 10 codes de secours.');
  await signOut();
  await knock(page, username, second);
  const code = page.getByLabel('Code de l’application');
  await expectCalm();
  await code.fill('000000');
  await button('S’identifier').click();
  await expect(page.getByRole('alert')).toContainText('code');
  await code.fill(totpOf(secret));
  await button('S’identifier').click();
  await expect(page.getByRole('heading', { name: 'Mon compte' })).toBeVisible();
});

test('backup codes open once each; when few are left the page says so, and new ones end the old', async () => {
  const enterWith = async (code: string) => {
    await signOut();
    await knock(page, username, second);
    await page.getByLabel('Code de l’application').fill(code);
    await button('S’identifier').click();
  };
  await enterWith(codes[0] ?? '');
  const factor = part('Double authentification');
  await expect(factor).toContainText('Il vous reste 9 codes de secours.');
  const renew = factor.getByRole('button', { name: 'Renouveler les codes' });
  await renew.click();
  await factor.getByLabel('Votre mot de passe').fill(second);
  await renew.click();
  await expect(factor.locator('li code')).toHaveCount(10);
  const fresh = await factor.locator('li code').allTextContents();
  await enterWith(codes[1] ?? '');
  await expect(page.getByRole('alert')).toBeVisible();
  await page.route('**/api/v1/me/second-factor', (route) =>
    route.fulfill({ json: { backupCodesLeft: 3 } }),
  );
  await page.getByLabel('Code de l’application').fill(fresh[0] ?? '');
  await button('S’identifier').click();
  await expect(factor).toContainText('Il vous reste 3 codes de secours. Renouvelez-les.');
  await expectCalm();
  await page.unroute('**/api/v1/me/second-factor');
});

test('a passkey is added, opens without password and code, is renamed and removed', async () => {
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  /** Whether a finger lies on it. */
  const touch = (enabled: boolean) =>
    devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });
  const keys = part('Clés d’accès');
  await keys.getByLabel('Nom de la nouvelle clé').fill('Téléphone');
  await keys.getByRole('button', { name: 'Ajouter une clé d’accès' }).click();
  await expect(keys.getByRole('listitem')).toHaveCount(1);
  await touch(false);
  await signOut();
  await expectCalm();
  // A request that waits for a finger already does not feel this one.
  await touch(true);
  await button('Utiliser une clé d’accès').click();
  await expect(page.getByRole('heading', { name: 'Mon compte' })).toBeVisible();
  await expect(keys).toContainText('dernier usage');
  await button('Renommer Téléphone').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Nom').fill('Téléphone de service');
  await dialog.getByRole('button', { name: 'Renommer' }).click();
  await expect(keys).toContainText('Téléphone de service');
  // The field of the name offers it, and the finger is there.
  const opened = page.waitForResponse(
    (answer) =>
      answer.url().endsWith('/api/v1/auth/passkeys') && answer.request().method() === 'POST',
  );
  await leave();
  expect((await opened).ok()).toBe(true);
  await expect(page.getByRole('heading', { name: 'Mon compte' })).toBeVisible();
  await button('Retirer Téléphone de service').click();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Retirer' }).click();
  await expect(keys.getByRole('listitem')).toHaveCount(0);
  await leave();
  await expect(page.getByRole('alert')).toContainText('n’ouvre rien ici');
});

test('who opens an address where there are no passkeys reads why', async () => {
  await page.route('**/api/v1/auth/passkeys', (route) => route.fulfill({ json: { origin: null } }));
  await page.reload();
  await expect(page.getByText('Les clés d’accès ne sont pas proposées')).toBeVisible();
  await expect(button('Utiliser une clé d’accès')).toHaveCount(0);
  await page.unroute('**/api/v1/auth/passkeys');
});

test('an administrator reaches all pages on a telephone by keyboard', async () => {
  await knock(page, demo.logins.admin.username, demo.logins.admin.password);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const bar = page.getByRole('navigation', { name: 'Pages' });
  await expect(bar.getByRole('link').filter({ visible: true })).toHaveCount(4);
  await expectCalm();
  const more = bar.getByRole('button', { name: 'Plus' });
  await more.focus();
  await page.keyboard.press('Enter');
  const others = page.getByRole('dialog', { name: /^Plus/ });
  await expect(others.getByRole('link')).toHaveCount(8);
  await expectAccessible(page);
  await expect(page.getByRole('button', { name: 'Déclencher l’alarme' })).toBeInViewport();
  await page.keyboard.press('Escape');
  await expect(others).toHaveCount(0);
  await expect(more).toBeFocused();
  await page.keyboard.press('Enter');
  await others.getByRole('link', { name: 'Comptes' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/accounts$/);
  await expect(others).toHaveCount(0);
  await expect(bar.getByRole('button', { name: 'Plus (ici : Comptes)' })).toBeVisible();
  await expectCalm();
});

test('a new password keeps the second factor, unless the administrator says that it is lost', async () => {
  const person = page.getByRole('row').filter({ hasText: username });
  const dialog = page.getByRole('dialog', { name: 'Camille Roux' });
  const reset = async (isLost: boolean) => {
    await page.getByRole('button', { name: 'Camille Roux' }).click();
    const lost = dialog.getByLabel('Le second facteur est perdu, lui aussi');
    await expect(lost).not.toBeChecked();
    await lost.setChecked(isLost);
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Réinitialiser l’accès' }).click();
    await expect(dialog).toContainText(`Mot de passe de ${username}, affiché cette seule fois`);
    await dialog.getByRole('button', { name: 'Fermer' }).click();
  };
  await reset(false);
  await expect(person).toContainText('mot de passe à changer, double authentification');
  await reset(true);
  await expect(person).not.toContainText('double authentification');
});

test('the page of the directory is calm with groups in it', async () => {
  const view = DirectoryView.parse({
    isSet: true,
    servers: ['ldaps://dc1.ville.example', 'ldaps://dc2.ville.example'],
    canLook: true,
    refreshedAt: new Date().toISOString(),
    failure: null,
    version: 1,
    changedBy: 'admin',
    changedAt: new Date().toISOString(),
    groups: [
      {
        group: 'CN=GG-Police-Municipale-Encadrement,OU=Groupes,DC=ville,DC=example',
        role: 'police-manager',
        scope: { zoneIds: null, buildingIds: null },
      },
      { group: 'GG-Guides', role: 'warden', scope: { zoneIds: [], buildingIds: ['mairie'] } },
    ],
  });
  await page.route('**/api/v1/directory', (route) => route.fulfill({ json: view }));
  await page.goto(`${demo.url}/accounts/directory`);
  await expect(page.getByText('GG-Guides').first()).toBeVisible();
  await expectCalm();
});
