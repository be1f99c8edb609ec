import type { IncidentReport } from '@vigie/contracts/report';

/**
 * Something that happened in an incident, for whoever plays it back. Instants as the report has them; `until`: of what
 * lasts. `name`: of a room, a point or a camera by its id.
 */
export type ReplayMark = { at: string; until?: string } & (
  | { kind: 'input'; what: string; by: string }
  | {
      kind: 'sweep';
      result: 'clear' | 'people' | 'not-entered';
      people: number;
      name: string;
      by: string;
    }
  | { kind: 'contradiction'; said: 'clear' | 'people'; name: string; by: string }
  | { kind: 'override'; name: string; by: string; reason: string }
  | { kind: 'assembly'; people: number; name: string; by: string }
  | { kind: 'blind'; why: string; cameraId: string; name: string }
);

/** All of it, oldest first. */
export function marksOf(report: IncidentReport): ReplayMark[] {
  const nameOf = (id: string) => report.rooms.find(({ room }) => room.id === id)?.room.name ?? id;
  const marks: ReplayMark[] = [
    ...report.inputs.map(({ at, what, by }) => ({ kind: 'input', at, what, by }) as const),
    ...report.sweeps.map(({ at, by, roomId, result, people }) => {
      const name = nameOf(roomId);
      return { kind: 'sweep', at, by, name, result, people: people ?? 0 } as const;
    }),
    ...report.contradictions.flatMap(({ at, roomId, said, by, override }): ReplayMark[] => {
      const name = nameOf(roomId);
      const lifted: ReplayMark[] = override ? [{ kind: 'override', name, ...override }] : [];
      return [{ kind: 'contradiction', at, said, name, by }, ...lifted];
    }),
    ...report.assembly.map(({ at, by, point: name, people }) => {
      return { kind: 'assembly', at, by, name, people } as const;
    }),
    ...report.blind.flatMap(({ roomId, cameraId, from: at, until, why }): ReplayMark[] =>
      cameraId === null ? [] : [{ kind: 'blind', at, until, why, cameraId, name: nameOf(roomId) }],
    ),
  ];
  return marks.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** Where a moment lies between two others, in 0..1. */
export const shareOf = (at: string, from: string, until: string): number => {
  const length = Date.parse(until) - Date.parse(from);
  const share = length > 0 ? (Date.parse(at) - Date.parse(from)) / length : 0;
  return Math.min(1, Math.max(0, share));
};
