// Keeps the built pages, and nothing else, so that they open without a network: the page itself is asked for first and
// taken from here when nobody answers; what bears a hash in its name never changes. No answer of the interface is kept.
const SHELL = 'vigie-shell';
/** Longer than a slow answer, shorter than the patience of somebody before a door. */
const PATIENCE_MS = 4000;

self.addEventListener('install', (event) => {
  event.waitUntil(
    fetch('/')
      .then(keep)
      .then(() => self.skipWaiting()),
  );
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== 'GET' || origin !== self.location.origin || pathname.startsWith('/api/')) return;
  if (mode === 'navigate') event.respondWith(page(event));
  else if (isPart(pathname)) event.respondWith(part(event.request));
});

const isPart = (path) => path.startsWith('/assets/') || path === '/vigie.svg';

async function page(event) {
  const answer = await fetch(event.request.url, {
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch(() => undefined);
  if (answer?.ok) event.waitUntil(keep(answer.clone()));
  // A proxy that answers for a server that is gone is no better than silence.
  if (answer && answer.status < 500) return answer;
  const cache = await caches.open(SHELL);
  return (await cache.match('/')) ?? answer ?? Response.error();
}

async function part(request) {
  const cache = await caches.open(SHELL);
  return (await cache.match(request)) ?? fetch(request);
}

/** Takes the page and all it names; only then what an older page named goes. */
async function keep(answer) {
  if (!answer.ok || !answer.headers.get('content-type')?.includes('html')) return;
  const html = await answer.clone().text();
  const named = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path);
  const cache = await caches.open(SHELL);
  const kept = (await cache.keys()).map(({ url }) => new URL(url).pathname);
  await cache.addAll(named.filter((path) => isPart(path) && !kept.includes(path)));
  await cache.put('/', answer);
  const old = kept.filter((path) => path !== '/' && !named.includes(path));
  await Promise.all(old.map((path) => cache.delete(path)));
}
