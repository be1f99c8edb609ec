import { expect, test } from '@playwright/test';
import { freePort } from '../../packages/server/src/platform/listen.ts';
import { startTestApp } from '../../packages/server/src/testing/app.ts';
import { startProvider } from '../../packages/server/src/testing/provider.ts';
import { ensureBuilt } from '../../packages/web/build.ts';
import { expectAccessible, expectToFit, phone, signInHere } from './browsing.ts';

test('who is invited comes by the provider, who is not is told whom to ask', async ({ page }) => {
  const port = await freePort();
  const home = `http://localhost:${port}`;
  const provider = await startProvider({ home });
  const app = await startTestApp(
    {
      VIGIE_PORT: `${port}`,
      VIGIE_OIDC_ISSUER: provider.issuer,
      VIGIE_OIDC_CLIENT_ID: provider.clientId,
      VIGIE_OIDC_CLIENT_SECRET: provider.clientSecret,
      VIGIE_OIDC_PROVIDER: 'proconnect',
    },
    { webRoot: await ensureBuilt(() => undefined) },
  );
  try {
    const { username = '', password = '' } = app.firstAdministrator ?? {};
    provider.person = { sub: 'anna', email: 'anna@ville.example' };
    await page.goto(`${home}/parking?q=centre`);
    const way = page.getByRole('link', { name: 'S’identifier avec ProConnect' });
    await expect(page.getByRole('link', { name: 'Qu’est-ce que ProConnect ?' })).toBeVisible();
    await expectAccessible(page);
    await way.click();
    await expect(page.getByRole('alert')).toContainText('Demandez une invitation');
    await expect(page).toHaveURL(`${home}/`);
    await expectAccessible(page);

    await signInHere(page, { username, password });
    await page.goto(`${home}/accounts`);
    await page.getByRole('button', { name: 'Nouveau compte' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Adresse connue de ProConnect').fill('anna@ville.example');
    await form.getByLabel('Nom').fill('Anna Petit');
    await expectAccessible(page);
    await form.getByRole('button', { name: 'Inviter' }).click();
    await expect(form.getByRole('status')).toContainText('Invitation pour anna@ville.example');
    await page.reload();
    await expect(page.getByRole('row', { name: /Anna Petit/ })).toContainText('invitation ouverte');
    await page.context().clearCookies();

    await page.setViewportSize(phone);
    await page.goto(`${home}/parking?q=centre`);
    await expectToFit(page);
    await way.click();
    await expect(page).toHaveURL(`${home}/parking?q=centre`);
    await page.goto(`${home}/account`);
    await expect(page.getByText('Ce compte n’a pas de mot de passe')).toBeVisible();
    await expectAccessible(page);
  } finally {
    await app.stop();
    await provider.stop();
  }
});
