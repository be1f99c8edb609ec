import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { ensureBuilt } from '../../packages/web/build.ts';

const types: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css' };

/** The built pages alone, with nobody signed in; `change` is done to the page as it is sent. */
async function serve(change: { page: (html: string) => string }): Promise<Server> {
  const root = await ensureBuilt();
  const server = createServer(async ({ url = '/' }, answer) => {
    const path = url.split('?')[0] ?? '/';
    if (path.startsWith('/api/')) {
      answer.writeHead(401, { 'content-type': 'application/problem+json' });
      const code = 'accounts/not-signed-in';
      answer.end(JSON.stringify({ type: code, title: code, status: 401, code, detail: '' }));
      return;
    }
    const isFile = extname(path) !== '';
    const text = await readFile(join(root, isFile ? path.replace('-new.', '.') : 'index.html'));
    answer.writeHead(200, { 'content-type': types[extname(path)] ?? 'text/html' });
    answer.end(isFile ? text : change.page(text.toString()));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return server;
}

const kept = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const cache = await caches.open('vigie-shell');
    return (await cache.keys()).map(({ url }) => new URL(url).pathname).sort();
  });

test('the pages open when the server is gone, as they last were, and hold nothing else', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const change = { page: (html: string) => html };
  const server = await serve(change);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    await page.goto(`${url}/rooms`);
    await expect(page.getByLabel('Identifiant')).toBeVisible();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    const first = await kept(page);
    expect(first).toEqual([
      '/',
      expect.stringMatching(/css$/),
      expect.stringMatching(/js$/),
      '/vigie.svg',
    ]);

    change.page = (html) => html.replaceAll(/(\/assets\/index-[\w-]+)\./g, '$1-new.');
    await page.goto(`${url}/rooms`);
    await expect
      .poll(() => kept(page))
      .toEqual(first.map((path) => path.replace(/(\/assets\/.*)\./, '$1-new.')));
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
  await page.goto(`${url}/incidents/one/sweep`);
  await expect(page.getByRole('alert')).toContainText('Le serveur ne répond pas', {
    timeout: 30_000,
  });
  await expect(page.getByRole('button', { name: 'Réessayer' })).toBeVisible();
});
