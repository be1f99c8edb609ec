import type { IncidentKind } from '@vigie/contracts/evacuation';

const gravity: readonly IncidentKind[] = ['test', 'drill', 'fire'];

/**
 * The kind of an incident when a further alarm comes in while it runs: the graver of the two. A fire during a
 * drill is a fire; a drill that is announced during a fire changes nothing.
 */
export const graverKind = (running: IncidentKind, further: IncidentKind): IncidentKind =>
  gravity.indexOf(further) > gravity.indexOf(running) ? further : running;
