import { afterEach, expect, it } from 'vitest';
import { openPageDriver, type PageDriver } from './page.driver.ts';

let driver: PageDriver | undefined;
afterEach(async () => {
  await driver?.stop();
  driver = undefined;
});

it.each([
  ['', /<main aria-live="polite"><div class="display display-waiting"/],
  ['display.css', /\.display-overstay/],
  ['live.js', /EventSource/],
])('serves "%s" from this machine alone', async (path, content) => {
  driver = await openPageDriver(0);
  const answer = await fetch(driver.url + path);
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
  expect(await answer.text()).toMatch(content);
});

it('serves nothing else', async () => {
  driver = await openPageDriver(0);
  expect((await fetch(`${driver.url}package.json`)).status).toBe(404);
});

it('sends the face of now to a page that comes, and every new one', async () => {
  driver = await openPageDriver(0);
  driver.show({ kind: 'free' });
  const { body } = await fetch(`${driver.url}events`);
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const until = async (part: string) => {
    while (!text.includes(part)) text += (await reader?.read())?.value ?? '';
  };
  await until('display-free');
  driver.show({ kind: 'day', day: 2, colour: '#ff8800', label: '2' });
  await until('--display-fill:#ff8800');
  await reader?.cancel();
});

it('ends with pages open', async () => {
  const opened = await openPageDriver(0);
  const { body } = await fetch(`${opened.url}events`);
  await opened.stop();
  await expect(fetch(opened.url)).rejects.toThrow();
  await body?.cancel().catch(() => undefined);
});

it('names a port that is taken', async () => {
  driver = await openPageDriver(0);
  const port = Number(new URL(driver.url).port);
  await expect(openPageDriver(port)).rejects.toThrow(
    `Port ${port} of 127.0.0.1 cannot be used: it is taken.`,
  );
});
