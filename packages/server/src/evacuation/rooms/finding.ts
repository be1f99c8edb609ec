import type { AssemblyCount, Finding, NewSweep } from '@vigie/contracts/sweeps';

/** A moment by a telephone's own clock, and when it was sent, by the same clock. */
type OwnTimes = Pick<NewSweep, 'at' | 'sentAt'>;

/**
 * When something was found, by the server's clock: as long before it was received as it had waited on the telephone, so that
 * a wrong clock there makes no sweep later than what cameras saw after it. Where the telephone's clock was set meanwhile
 * nothing can be reckoned: then `onDoubt` holds, and so it does for a moment before the incident.
 */
export function madeAt(
  { at, sentAt }: OwnTimes,
  receivedAt: Date,
  { startedAt, onDoubt }: { startedAt: string; onDoubt: string },
): string {
  const waitedMs = Date.parse(sentAt) - Date.parse(at);
  const made = receivedAt.getTime() - waitedMs;
  const isDoubtful = waitedMs < 0 || made < Date.parse(startedAt);
  return isDoubtful ? onDoubt : new Date(made).toISOString();
}

/** `true` when both say the same thing, whenever they were received. */
export function isSameFinding(one: Finding, other: Finding): boolean {
  const said = ({ madeAt: _, receivedAt: __, ...rest }: Finding) =>
    JSON.stringify(
      Object.entries({ ...rest, upTo: null, at: Date.parse(rest.at) }).toSorted(([a], [b]) =>
        a < b ? -1 : 1,
      ),
    );
  return said(one) === said(other);
}

/** The counts at assembly points among the findings of an incident. */
export const countsIn = (findings: readonly Finding[]): AssemblyCount[] =>
  findings.filter((finding) => finding.what === 'assembly');

/** What was found out about one room. */
export const findingsIn = (findings: readonly Finding[], roomId: string) => ({
  sweeps: findings.filter((one) => one.what === 'sweep').filter((one) => one.roomId === roomId),
  overrides: findings
    .filter((one) => one.what === 'override')
    .filter((one) => one.roomId === roomId),
});
