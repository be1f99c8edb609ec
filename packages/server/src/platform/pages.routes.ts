import { realpathSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import { NotFound } from './errors.ts';
import type { Http } from './http.ts';

/** Serves the browser side from `root`. Names with a hash never change; the page itself is always asked for. */
export async function pagesRoutes(http: Http, root: string): Promise<void> {
  // A link that leads out of the folder is no page.
  const allowedPath = (path: string) => isWithin(root, path);
  await http.register(fastifyStatic, { root, serve: false, allowedPath, dotfiles: 'ignore' });
  http.get(
    '/assets/*',
    { config: { access: 'public' }, schema: { hide: true } },
    (request, reply) => {
      const { '*': path = '' } = request.params as { '*'?: string };
      return reply.sendFile(join('assets', path), { maxAge: '1y', immutable: true });
    },
  );
  http.get('/*', { config: { access: 'public' }, schema: { hide: true } }, (request, reply) => {
    const { '*': path = '' } = request.params as { '*'?: string };
    if (path.startsWith('api/'))
      throw new NotFound('platform/route-unknown', `There is no ${request.url}.`);
    // The router in the browser knows the pages; files at the root have a dot in their name.
    const file = /^[\w-]+\.\w+$/.test(path) ? path : 'index.html';
    return reply.sendFile(file, { cacheControl: false, serveDotFiles: false });
  });
}

function isWithin(root: string, path: string): boolean {
  try {
    const place = relative(realpathSync(root), realpathSync(join(root, path)));
    return place !== '..' && !place.startsWith(`..${sep}`) && !isAbsolute(place);
  } catch {
    // What is not there is not found either way.
    return true;
  }
}
