import { CaseStatus } from '@vigie/contracts/parking';
import { describe, expect, it } from 'vitest';
import { awaitsOutcome, isStepAllowed, stepsForPeople } from './case-steps.ts';

describe('the steps of a police case', () => {
  it.each([
    ['open', 'sent', true],
    ['open', 'acknowledged', true],
    ['sent', 'acknowledged', true],
    ['sent', 'open', false],
    ['acknowledged', 'acknowledged', false],
    ['acknowledged', 'inspecting', true],
    ['inspecting', 'stolen', true],
    ['open', 'closed', false],
    ['stolen', 'closed', true],
    ['stolen', 'wreck', false],
    ['closed', 'open', false],
  ] as const)('%s → %s: %s', (from, to, expected) => {
    expect(isStepAllowed(from, to)).toBe(expected);
  });

  it('lets no person say that a message was sent', () => {
    for (const status of CaseStatus.options) expect(stepsForPeople(status)).not.toContain('sent');
  });

  it('reaches closed from everywhere', () => {
    const reaches = (from: CaseStatus): boolean =>
      from === 'closed' || stepsForPeople(from).some((next) => reaches(next));
    for (const status of CaseStatus.options) expect(reaches(status)).toBe(true);
  });

  it('awaits an outcome exactly until there is one', () => {
    expect(CaseStatus.options.filter(awaitsOutcome)).toEqual([
      'open',
      'sent',
      'acknowledged',
      'inspecting',
    ]);
  });
});
