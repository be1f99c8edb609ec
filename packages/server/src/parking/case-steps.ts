import type { CaseStatus } from '@vigie/contracts/parking';
import { CaseOutcome } from '@vigie/contracts/parking-statistics';

/** Outcomes that an officer may find. */
const outcomes: readonly CaseStatus[] = CaseOutcome.options;

/** The steps a case may take, by where it stands. Only the system says `sent`. */
const nextSteps: Readonly<Record<CaseStatus, readonly CaseStatus[]>> = {
  open: ['sent', 'acknowledged', ...outcomes],
  sent: ['acknowledged', ...outcomes],
  acknowledged: ['inspecting', ...outcomes],
  inspecting: outcomes,
  stolen: ['closed'],
  wreck: ['closed'],
  nuisance: ['closed'],
  legitimate: ['closed'],
  gone: ['closed'],
  'sensor-error': ['closed'],
  closed: [],
};

/** Steps that a person may take now. */
export const stepsForPeople = (status: CaseStatus): CaseStatus[] =>
  nextSteps[status].filter((next) => next !== 'sent');

/** `true` when the step from → to exists. */
export const isStepAllowed = (from: CaseStatus, to: CaseStatus): boolean =>
  nextSteps[from].includes(to);

/** `true` as long as nobody has found out what is the matter with the car. */
export const awaitsOutcome = (status: CaseStatus): boolean =>
  status !== 'closed' && !outcomes.includes(status);
