import type { AuditAct } from '@vigie/contracts/audit';
import { momentOnWall } from '@vigie/contracts/wall-clock';

/** What the log is filtered by, as it is typed; empty: anything. Days, both included. */
export interface AuditFilter {
  who: string;
  act: AuditAct | '';
  subject: string;
  from: string;
  until: string;
}

const dayMs = 86_400_000;

/** The query for the server; days are those of the town's zone (IANA name). */
export function auditQueryText(
  { from, until, ...typed }: AuditFilter,
  { timeZone, limit }: { timeZone: string; limit: number },
): string {
  const begin = from ? momentOnWall(`${from}T00:00`, timeZone) : undefined;
  const last = until ? Date.parse(until) + dayMs : Number.NaN;
  const end = Number.isNaN(last)
    ? undefined
    : momentOnWall(`${new Date(last).toISOString().slice(0, 10)}T00:00`, timeZone);
  const given = {
    ...typed,
    from: begin?.toISOString() ?? '',
    until: end?.toISOString() ?? '',
    limit: `${limit}`,
  };
  return new URLSearchParams(
    Object.entries(given).filter(([, value]) => value.trim() !== ''),
  ).toString();
}
