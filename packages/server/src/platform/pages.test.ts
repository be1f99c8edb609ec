import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../testing/log.ts';
import { createHttp, type Http } from './http.ts';
import { pagesRoutes } from './pages.routes.ts';

let folder: string;
let http: Http;
let port: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-pages-'));
  const root = join(folder, 'dist');
  await mkdir(join(root, 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.key'), 'S3CRET');
  await writeFile(join(root, '.env'), 'S3CRET');
  await writeFile(join(root, 'assets', '.hidden'), 'S3CRET');
  await writeFile(join(root, 'index.html'), 'the page');
  await writeFile(join(root, 'assets', 'main-1.js'), 'the script');
  await symlink(join(folder, 'secret.key'), join(root, 'assets', 'link.js'));
  await symlink(join(folder, 'secret.key'), join(root, 'link.js'));
  await symlink(folder, join(root, 'assets', 'out'));
  http = await createHttp({
    identify: async () => undefined,
    locate: async () => undefined,
    log: silentLog,
  });
  await pagesRoutes(http, root);
  port = Number(new URL(await http.listen({ host: '127.0.0.1', port: 0 })).port);
});
afterAll(async () => {
  await http?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Sends the path as it stands: `fetch` would tidy it. */
const get = (path: string) =>
  new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, agent: false }, async (answer) => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk);
      resolve({ status: answer.statusCode, text: Buffer.concat(chunks).toString() });
    });
    asked.on('error', reject);
    asked.end();
  });

describe('the built pages', () => {
  it('are given out, and the page itself for every path of the router', async () => {
    expect((await get('/assets/main-1.js')).text).toBe('the script');
    expect((await get('/parking/space-1')).text).toBe('the page');
  });

  it.each([
    ...['/../secret.key', '/..%2fsecret.key', '/%2e%2e/secret.key', '/assets/../../secret.key'],
    ...[
      '/assets/..%2f..%2fsecret.key',
      '/assets/%2e%2e%2f%2e%2e%2fsecret.key',
      '/assets/....//secret.key',
    ],
    ...[
      '/assets/..%5c..%5csecret.key',
      '/assets/%252e%252e/secret.key',
      '/assets/secret.key%00.js',
    ],
    ...['/assets//etc/passwd', '//etc/passwd', '/.env', '/%2eenv', '/assets/.hidden'],
    ...['/link.js', '/assets/link.js', '/assets/out/secret.key'],
  ])('give out nothing else: %s', async (path) => {
    const { status, text } = await get(path);
    expect(text).not.toMatch(/S3CRET|root:/);
    expect(text).not.toContain(folder);
    expect([200, 400, 403, 404]).toContain(status);
    if (status === 200) expect(text).toBe('the page');
  });
});
