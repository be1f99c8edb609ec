import AxeBuilder from '@axe-core/playwright';
import { type Cookie, expect, type Page, test } from '@playwright/test';
import { type Demo, type Login, startDemo } from '../../packages/cli/src/demo/run.ts';

/** The window of a telephone, CSS pixels. */
export const phone = { width: 390, height: 844 };

/**
 * The demo town of one file of tests: there from the first test to the last. `counting` false leaves the
 * processor to the pages where no room is looked at; two looks a second leave it a share elsewhere.
 */
export function demoTown({ counting = true } = {}): Demo {
  const town = {} as Demo;
  test.beforeAll(async () => {
    test.setTimeout(120_000);
    Object.assign(
      town,
      await startDemo({ clips: [], port: 0, counting, fps: 2, say: () => undefined }),
    );
  });
  test.afterAll(() => town.stop?.());
  const forbidden: string[] = [];
  test.beforeEach(({ context }) => {
    context.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) forbidden.push(message.text());
    });
  });
  test.afterEach('no page does what the server forbids', () => {
    expect(forbidden.splice(0)).toEqual([]);
  });
  return town;
}

/** Cookies of those who have signed in, by town and name: a password is typed once. */
const signedIn = new Map<string, Cookie[]>();

/** Opens a running town as a person who is signed in, in French; resolves once the pages are open. */
export async function signInAt(
  url: string,
  page: Page,
  { username, password }: Login,
): Promise<void> {
  const who = `${url} ${username} ${password}`;
  const cookies = signedIn.get(who);
  if (cookies) await page.context().addCookies(cookies);
  await page.goto(url);
  // Not by what the page shows: a board, which opens first during an incident, has no navigation.
  const me = await page.request.get(`${url}/api/v1/me`);
  if (me.ok()) return;
  await signInHere(page, { username, password });
  signedIn.set(who, await page.context().cookies());
}

/** Signs in on the sign-in page that is open, in French; resolves once the pages are open. */
export async function signInHere(page: Page, { username, password }: Login): Promise<void> {
  await page.getByLabel('Identifiant').fill(username);
  await page.getByLabel('Mot de passe').fill(password);
  await page.getByRole('button', { name: 'S’identifier' }).click();
  await expect(page.getByLabel('Mot de passe')).toHaveCount(0);
}

/** Rules of WCAG 2.2 AA that a machine can check. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

/** Nothing sticks out to the side. */
export async function expectToFit(page: Page): Promise<void> {
  const { wide, window: width } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    window: innerWidth,
  }));
  expect(wide).toBeLessThanOrEqual(width);
}
