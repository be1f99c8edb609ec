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
