import { expect, test } from '@playwright/test';
import { demoTown, expectAccessible, signInAt } from './browsing.ts';

// Counting goes on meanwhile: on a busy machine the page waits for it.
test.describe.configure({ timeout: 180_000 });

const demo = demoTown();

test('a zone and a line are drawn by keys and by mouse, and stay', async ({ page }) => {
  await signInAt(demo.url, page, demo.logins.admin);
  await page.goto(`${demo.url}/rooms/bureau`);
  await page.getByRole('cell').getByRole('link', { name: 'Bureau', exact: true }).click();
  await page.getByRole('button', { name: 'Zone comptée', exact: true }).click();
  await page.getByRole('button', { name: 'Ligne', exact: true }).click();
  await page.getByRole('button', { name: /^Zone comptée, point 1/ }).press('Shift+ArrowLeft');
  await expect(page.getByRole('button', { name: /^Zone comptée, point 1 : 25 %/ })).toBeFocused();
  const end = page.getByRole('button', { name: /^Ligne, point 2/ });
  const before = await end.getAttribute('aria-label');
  const place = await end.boundingBox();
  if (!place) throw new Error('the end of the line is not on the page');
  await page.mouse.move(place.x + place.width / 2, place.y + place.height / 2);
  await page.mouse.down();
  await page.mouse.move(place.x + 60, place.y + 40, { steps: 4 });
  await page.mouse.up();
  await expect(end).not.toHaveAttribute('aria-label', before ?? '');
  const after = await end.getAttribute('aria-label');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByText('Enregistré.')).toBeVisible({ timeout: 30_000 });
  await page.reload();
  await expect(end).toHaveAttribute('aria-label', after ?? '');
});

test('a line of no length is not saved, and the page says why', async ({ page }) => {
  await signInAt(demo.url, page, demo.logins.admin);
  await page.goto(`${demo.url}/cameras/cam-archives`);
  await page.getByRole('button', { name: 'Ligne', exact: true }).click();
  const start = page.getByRole('button', { name: /^Ligne, point 1/ });
  for (let i = 0; i < 6; i++) await start.press('Shift+ArrowRight');
  await expect(page.getByText('Les bouts d’une ligne sont trop proches.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Enregistrer' })).toBeDisabled();
});

test('a room says what its doors counted, and begins anew by a name', async ({ page }) => {
  await signInAt(demo.url, page, demo.logins.admin);
  await page.goto(`${demo.url}/cameras/cam-couloir`);
  await page.getByRole('button', { name: 'Ligne', exact: true }).click();
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByText('Enregistré.')).toBeVisible({ timeout: 30_000 });
  await page.goto(`${demo.url}/rooms/couloir`);
  const doors = page.getByTestId('doors');
  await expect(doors).toContainText('jamais indiqué', { timeout: 15_000 });
  await doors.getByRole('button', { name: 'La pièce est vide' }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Oui, je l’ai vu' }).click();
  await expect(doors).not.toContainText('jamais indiqué', { timeout: 15_000 });
  await expectAccessible(page);
});
