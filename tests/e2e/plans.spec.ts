import { expect, type Page, test } from '@playwright/test';
import { demoTown, expectAccessible, expectToFit, phone, signInAt } from './browsing.ts';

// Counting goes on meanwhile: on a busy machine the page waits for it.
test.describe.configure({ timeout: 180_000 });

const demo = demoTown();

const patient = { timeout: 60_000 };

async function openAsAdmin(page: Page, path: string): Promise<void> {
  await signInAt(demo.url, page, demo.logins.admin);
  await page.goto(demo.url + path);
}

/** Presses at one place of the plan and lets go at another; places are shares of the plan. */
async function pull(page: Page, from: [number, number], to: [number, number]): Promise<void> {
  const box = await page.locator('.plan-paper').boundingBox();
  if (!box) throw new Error('there is no plan on the page');
  const at = ([x, y]: [number, number]): [number, number] => [
    box.x + box.width * x,
    box.y + box.height * y,
  ];
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at(to), { steps: 5 });
  await page.mouse.up();
}

const save = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await expect(page.getByText('Enregistré.')).toBeVisible(patient);
};

const corner = (page: Page, room: string, number: number) =>
  page.getByRole('button', { name: new RegExp(`^${room}, point ${number}`) });

const svg = (inner: string): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200" width="400" height="200"><path d="M10 10H390V190H10Z" fill="none" stroke="#000"/>${inner}</svg>`,
  );

test('a floor, its plan and a room come to be in the browser, and stay', async ({ page }) => {
  await openAsAdmin(page, '/plans');
  await page.getByLabel('Nouvel étage').fill('3e étage');
  await page.getByLabel('Niveau').fill('3');
  await page.getByRole('button', { name: 'Ajouter' }).first().click();
  const card = page.getByRole('region', { name: '3e étage' });
  await expect(card).toContainText('pas encore de plan', patient);
  await expectAccessible(page);
  await card.getByRole('link', { name: /Dessiner/ }).click();
  await expect(page.getByText('Commencez par le plan de l’étage')).toBeVisible();

  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await page.locator('input[type=file]').setInputFiles({
    name: 'plan.svg',
    mimeType: 'image/svg+xml',
    buffer: svg('<script>alert(1)</script><rect width="9" height="9" onclick="alert(2)"/>'),
  });
  await expect(page.getByRole('button', { name: 'Remplacer le plan' })).toBeVisible(patient);
  await page.getByLabel('Nouvelle pièce').fill('Grenier');
  await page.getByRole('button', { name: 'Ajouter' }).first().click();
  await page.getByRole('button', { name: 'Placer : Grenier' }).click(patient);
  await pull(page, [0.1, 0.2], [0.6, 0.8]);
  await expect(corner(page, 'Grenier', 3)).toHaveAttribute('aria-label', /60 % .* 80 %/);
  await expectAccessible(page);
  await save(page);

  await page.reload();
  await page.getByRole('button', { name: 'Grenier', exact: true }).click(patient);
  await expect(corner(page, 'Grenier', 1)).toHaveAttribute('aria-label', /10 % .* 20 %/);
  const source = await page.locator('.plan-paper img').getAttribute('src');
  const stored = await page.evaluate(async (url) => (await fetch(url)).text(), source ?? '');
  expect(stored).toContain('M10 10H390V190H10Z');
  expect(stored).not.toMatch(/script|onclick/);
  expect(dialogs).toEqual([]);
});

test('a room is moved by keys, and each step can be undone', async ({ page }) => {
  await openAsAdmin(page, '/floors/etage-1');
  await page.getByRole('button', { name: 'Couloir', exact: true }).first().click();
  const first = corner(page, 'Couloir', 1);
  const before = (await first.getAttribute('aria-label')) ?? '';
  await first.press('Shift+ArrowDown');
  await expect(first).toBeFocused();
  await expect(first).not.toHaveAttribute('aria-label', before);
  await page.getByRole('button', { name: 'Annuler' }).click();
  await expect(first).toHaveAttribute('aria-label', before);
  await page.getByRole('button', { name: 'Rétablir' }).click();
  await expect(first).not.toHaveAttribute('aria-label', before);
});

test('a room is described, and not to be filmed only where no camera looks', async ({ page }) => {
  await openAsAdmin(page, '/floors/etage-2');
  await page.getByRole('button', { name: 'Bureau', exact: true }).first().click();
  const facts = page.getByRole('form', { name: 'La pièce Bureau' });
  await facts.getByLabel('Consigne en français').fill('Par l’escalier nord');
  await facts.getByLabel('Ne pas filmer').check();
  await expect(facts).toContainText('Elle est filmée par : Bureau');
  await expect(facts.getByRole('button', { name: 'Enregistrer la pièce' })).toBeDisabled();
  await expectAccessible(page);
  await facts.getByLabel('Ne pas filmer').uncheck();
  await expect(facts).not.toContainText('Elle est filmée');
  await facts.getByRole('button', { name: 'Enregistrer la pièce' }).click();
  await expect(facts).toContainText('Enregistré.', patient);
  await page.goto(`${demo.url}/plans`);
  await expect(page.getByText('Par l’escalier nord')).toBeVisible(patient);
});

test('walls that cross are named and not saved', async ({ page }) => {
  await openAsAdmin(page, '/floors/etage-2');
  await page.getByRole('button', { name: 'Bureau', exact: true }).first().click();
  const first = corner(page, 'Bureau', 1);
  for (let i = 0; i < 19; i++) await first.press('Shift+ArrowRight');
  for (let i = 0; i < 9; i++) await first.press('Shift+ArrowDown');
  await expect(
    page.getByText('Bureau : la pièce est trop petite ou ses murs se croisent.'),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Enregistrer', exact: true })).toBeDisabled();
});

/** One page with one wall. */
const pdf = Buffer.from(
  [
    '%PDF-1.4',
    '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj',
    '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj',
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 300]/Contents 4 0 R/Resources<<>>>>endobj',
    '4 0 obj<</Length 34>>stream',
    '8 w 50 50 500 200 re S            ',
    'endstream endobj',
    'trailer<</Root 1 0 R>>',
    '%%EOF',
  ].join('\n'),
);

test('a page of a PDF becomes the plan; what is no picture is refused in words', async ({
  page,
}) => {
  await openAsAdmin(page, '/floors/sous-sol');
  const file = page.locator('input[type=file]');
  await file.setInputFiles({ name: 'plan.png', mimeType: 'image/png', buffer: Buffer.from('no') });
  await expect(page.getByText('Ce fichier n’est pas lisible')).toBeVisible(patient);
  await file.setInputFiles({ name: 'plan.pdf', mimeType: 'application/pdf', buffer: pdf });
  await expect(page.locator('.plan-paper img')).toHaveAttribute('src', /^data:image\/png/, patient);
  await save(page);
  await page.reload();
  const image = page.locator('.plan-paper img');
  await expect(image).toHaveAttribute('src', /^\/api\/v1\/floors\/sous-sol\/plan/, patient);
  await expect.poll(() => image.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(3000);
});

test('everybody who sees rooms sees the plan as it is now, on a telephone too', async ({
  page,
}) => {
  await page.setViewportSize(phone);
  await signInAt(demo.url, page, demo.logins.admin);
  await page.goto(`${demo.url}/rooms`);
  await page.getByRole('link', { name: 'Plans' }).click();
  const room = page.getByTestId('plan-room-salle-de-reunion');
  await expect(room).toHaveAttribute('data-state', 'people', { timeout: 120_000 });
  await expectToFit(page);
  await expectAccessible(page);
  await page.goto(`${demo.url}/floors/etage-1`);
  await page.getByRole('button', { name: 'Couloir', exact: true }).first().click();
  await expectToFit(page);
  await expectAccessible(page);
});

test('who checks a room is said in the browser, and what is removed says what goes', async ({
  page,
}) => {
  await openAsAdmin(page, '/buildings/hotel-de-ville');
  const alone = page.getByText(/^Sans guide ni serre-file/);
  await page.getByRole('button', { name: 'Supprimer Responsable incendie…' }).click(patient);
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Restent sans guide ni serre-file : Archives');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Supprimer Responsable incendie' }).click();
  await expect(alone).toContainText('Archives', patient);

  await page.getByRole('button', { name: 'Nouveau guide ou serre-file' }).click();
  await dialog.getByLabel('Compte').selectOption('pompier', patient);
  await expect(dialog.getByLabel('Nom')).toHaveValue('Responsable incendie');
  await dialog.getByLabel('Téléphone').fill('18');
  await dialog.getByLabel('Archives').check();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(
    page.getByRole('listitem').filter({ hasText: 'Responsable incendie' }),
  ).toContainText('Archives', patient);
  await expect(alone.filter({ hasText: 'Archives' })).toHaveCount(0);
  await page.setViewportSize(phone);
  await expectToFit(page);

  await page.goto(`${demo.url}/floors/rez-de-chaussee`);
  await page.getByRole('button', { name: 'Supprimer Rez-de-chaussée…' }).click(patient);
  await expect(dialog).toContainText('Les incidents passés et leurs comptes rendus restent');
  await dialog.getByRole('button', { name: 'Supprimer Rez-de-chaussée' }).click();
  await expect(page).toHaveURL(/\/plans$/, patient);
  await expect(page.getByRole('region', { name: 'Rez-de-chaussée' })).toHaveCount(0);
});
