import type { AuditAct } from '@vigie/contracts/audit';

/** What of a route goes on record: an act, or what its handler records `inside`, or `never` anything. */
export type Audited = AuditAct | 'inside' | 'never';

interface Route {
  method: string;
  url: string;
  access: string;
  /** What the route says itself. */
  audit: Audited | undefined;
}

/** What is taken along as a file. */
const file = /\.(csv|pdf|yaml)$/;

/**
 * What goes on record of a route that does not say it itself: every change of somebody who signed in, every file. An alarm waits
 * for no log. Devices and links with a key of their own have logs of their own.
 */
export function auditedOf({ method, url, access, audit }: Route): Audited {
  if (method === 'HEAD') return 'never';
  if (audit !== undefined) return audit;
  if (access === 'public' || access === 'signed') return 'never';
  if (method === 'GET') return file.test(url) ? 'export' : 'never';
  return /^\/api\/v1\/(buildings\/:id\/)?incidents/.test(url) ? 'alarm' : 'change';
}
