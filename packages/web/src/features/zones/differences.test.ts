import { Zone, type ZoneRulesFrom } from '@vigie/contracts/parking';
import { describe, expect, it } from 'vitest';
import { differencesOf, sortedLines } from './differences.ts';

const zone = Zone.parse({
  ...{ id: 'z', name: 'Rue', allowedDays: 7 },
  recipients: [{ channel: 'sms', address: '+33612345678', name: 'Astreinte' }],
});

describe('what changes between two rules', () => {
  it.each([
    ['nothing', {}, []],
    ['the days', { allowedDays: 8 }, ['allowedDays']],
    ['a recipient more', { recipients: [...zone.recipients, 'b@c.fr'] }, ['recipients']],
    [
      'only the order of keys',
      {
        recipients: [{ name: 'Astreinte', address: '+33612345678', channel: 'sms' as const }],
      },
      [],
    ],
    ['quiet hours', { quietHours: { from: '22:00', to: '07:00' } }, ['quietHours']],
    ['name and basis', { legalBasis: 'Arrêté', name: 'Quai' }, ['name', 'legalBasis']],
  ])('is said: %s', (_name, part: Partial<Zone>, parts) => {
    expect(differencesOf(zone, { ...zone, ...part })).toEqual(parts);
  });
});

describe('the lines of a zone', () => {
  const line = (appliesFrom: string | null, allowedDays: number): ZoneRulesFrom => ({
    appliesFrom,
    rules: { ...zone, allowedDays },
    changedBy: 'admin',
    changedAt: '2026-01-01T00:00:00Z',
  });
  const lines = [line(null, 7), line('2026-02-01T00:00:00Z', 5), line('2026-03-01T00:00:00Z', 3)];
  const daysAt = (moment: string) => {
    const { inForce, begun, announced } = sortedLines(lines, Date.parse(moment));
    return [inForce?.line.rules.allowedDays, begun.length, announced.length];
  };

  it.each([
    ['before any change', '2026-01-31T23:59:59Z', [7, 1, 2]],
    ['at the moment of a change', '2026-02-01T00:00:00Z', [5, 2, 1]],
    ['after all changes', '2027-01-01T00:00:00Z', [3, 3, 0]],
  ])('%s', (_name, moment, expected) => {
    expect(daysAt(moment)).toEqual(expected);
  });

  it('stand beside the rules that they follow', () => {
    const { begun } = sortedLines(lines, Date.parse('2027-01-01T00:00:00Z'));
    expect(begun.map(({ before }) => before?.allowedDays)).toEqual([undefined, 7, 5]);
  });
});
