import { asyncApi } from '@vigie/contracts/asyncapi';
import * as z from 'zod';
import { NotFound } from './errors.ts';
import type { Http } from './http.ts';

interface SystemOptions {
  /** Who is told of a hole: `mailto:` or `https:`. `undefined`: nobody is named. */
  securityContact: string | undefined;
  publicUrl: string;
  now: () => Date;
}

/** Health for supervisors, whom to tell of a hole, and the descriptions of this API and of the bus. */
export function systemRoutes(http: Http, options: SystemOptions): void {
  http.get(
    '/.well-known/security.txt',
    { config: { access: 'public' }, schema: { hide: true } },
    (_request, reply) => reply.type('text/plain; charset=utf-8').send(securityText(options)),
  );
  http.get(
    '/api/v1/health',
    {
      config: { access: 'public' },
      schema: { response: { 200: z.object({ status: z.literal('ok') }) } },
    },
    async () => ({ status: 'ok' as const }),
  );
  http.get(
    '/api/v1/openapi.json',
    { config: { access: 'signed-in' }, schema: { hide: true } },
    async () => http.swagger(),
  );
  http.get(
    '/api/v1/asyncapi.json',
    { config: { access: 'signed-in' }, schema: { hide: true } },
    async () => asyncApi,
  );
}

const monthMs = 30 * 86_400_000;

/** Source: RFC 9116. @throws NotFound */
function securityText({ securityContact, publicUrl, now }: SystemOptions): string {
  if (securityContact === undefined)
    throw new NotFound(
      'platform/route-unknown',
      'Nobody is named to be told of a hole. Set VIGIE_SECURITY_CONTACT.',
    );
  const lines = [
    `Contact: ${securityContact}`,
    `Expires: ${new Date(now().getTime() + monthMs).toISOString()}`,
    'Preferred-Languages: fr, en',
    `Canonical: ${publicUrl}/.well-known/security.txt`,
  ];
  return `${lines.join('\n')}\n`;
}
