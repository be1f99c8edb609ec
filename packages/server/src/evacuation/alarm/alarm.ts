import type { AlarmSource, Incident, IncidentKind } from '@vigie/contracts/evacuation';

const gravity: readonly IncidentKind[] = ['test', 'drill', 'fire'];

/**
 * The kind of an incident when a further alarm comes in while it runs: the graver of the two. A fire during a
 * drill is a fire; a drill that is announced during a fire changes nothing.
 */
export const graverKind = (running: IncidentKind, further: IncidentKind): IncidentKind =>
  gravity.indexOf(further) > gravity.indexOf(running) ? further : running;

/** A running incident after a further alarm: as grave as the gravest, each source listed once per kind. */
export function joinedBy(running: Incident, further: AlarmSource): Incident {
  const { origin, name, kind } = further;
  const isListed = running.sources.some(
    (one) => one.origin === origin && one.name === name && one.kind === kind,
  );
  return {
    ...running,
    kind: graverKind(running.kind, kind),
    sources: isListed ? running.sources : [...running.sources, further],
  };
}

/** A further alarm joins: the draft it would have begun tells its source. */
export function joinOf(running: Incident, draft: Incident) {
  const incident = draft.sources.reduce(joinedBy, running);
  const outcome = incident.kind === running.kind ? 'repeated' : 'escalated';
  return { outcome, incident } as const;
}

/** Whether the stored incident knows more than ours: sources are only ever added. */
export const isNewsOf = (stored: Incident, known: Incident): boolean =>
  joinOf(known, stored).outcome === 'escalated' || stored.sources.length > known.sources.length;
