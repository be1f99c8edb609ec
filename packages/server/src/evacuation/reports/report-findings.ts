import { countedFrom } from '@vigie/contracts/assembly';
import { type IncidentLine, RoomStanding } from '@vigie/contracts/evacuation';
import type { ReportAssembly, ReportContradiction, ReportSweep } from '@vigie/contracts/report';
import type { Finding } from '@vigie/contracts/sweeps';
import { standingKey } from '../alarm/room-standing.ts';
import { countsIn } from '../rooms/finding.ts';

/** What people found out during an incident, in the order in which they did, as its report tells it. */
export function findingsTold(findings: readonly Finding[], lines: readonly IncidentLine[]) {
  const inOrder = findings.toSorted(byTime);
  return {
    sweeps: sweepsTold(inOrder),
    contradictions: contradictionsTold(inOrder, lines),
    assembly: assemblyTold(inOrder),
  };
}

const sweepsTold = (findings: readonly Finding[]): ReportSweep[] =>
  findings
    .filter((one) => one.what === 'sweep')
    .map(({ madeAt: at, by, roomId, result, people }) => ({ at, by, roomId, result, people }));

/** How many stood at the point after each count. */
function assemblyTold(findings: readonly Finding[]): ReportAssembly[] {
  const counts = countsIn(findings);
  return counts.flatMap(({ point }, i) =>
    countedFrom(counts.slice(0, i + 1).filter((count) => count.point === point)),
  );
}

/** Each with the override that came before the next contradiction of its room, if one did. */
function contradictionsTold(
  findings: readonly Finding[],
  lines: readonly IncidentLine[],
): ReportContradiction[] {
  const overrides = findings.filter((one) => one.what === 'override');
  const all = beginningsIn(lines);
  return all.map(({ lineAt, roomId, seenAt, said, by }, i) => {
    const next = all.slice(i + 1).find((later) => later.roomId === roomId);
    const lifted = overrides.find(
      (one) =>
        one.roomId === roomId &&
        isBefore(lineAt, one.madeAt) &&
        (!next || isBefore(one.madeAt, next.lineAt)),
    );
    const override = lifted && { at: lifted.madeAt, by: lifted.by, reason: lifted.reason };
    return { at: seenAt, roomId, said, by, override: override ?? null };
  });
}

/** Where cameras and wardens came to disagree, one way or the other; a restart tells of a standing once more. */
function beginningsIn(lines: readonly IncidentLine[]) {
  /** by room id */
  const last = new Map<string, string>();
  return lines.flatMap(({ at: lineAt, what, data }) => {
    const standing = what === 'standing' ? RoomStanding.safeParse(data).data : undefined;
    if (!standing) return [];
    const roomId = String(data.roomId);
    const before = last.get(roomId);
    last.set(roomId, standingKey(standing));
    const isNew = standing.kind === 'contradiction' && before !== standingKey(standing);
    return isNew ? [{ ...standing, lineAt, roomId }] : [];
  });
}

const isBefore = (one: string, other: string): boolean => Date.parse(one) <= Date.parse(other);

const byTime = (a: Finding, b: Finding): number =>
  Date.parse(a.madeAt) - Date.parse(b.madeAt) || (a.id < b.id ? -1 : Number(a.id > b.id));
