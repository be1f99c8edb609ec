import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationText, momentText, stopwatchText, timeOfDay } from './time.ts';

const paris = { language: 'fr', timeZone: 'Europe/Paris' } as const;
const london = { language: 'en', timeZone: 'Europe/Paris' } as const;
const now = Date.parse('2026-03-12T13:30:00Z'); // 14:30 in Paris, a Thursday

describe('when something was', () => {
  it.each([
    ['this second', '2026-03-12T13:29:59.500Z', 'à l’instant', 'just now'],
    ['seconds ago', '2026-03-12T13:29:48Z', 'il y a 12 s', '12 sec ago'],
    ['minutes ago', '2026-03-12T13:26:00Z', 'il y a 4 min', '4 min ago'],
    ['just within the hour', '2026-03-12T12:30:01Z', 'il y a 59 min', '59 min ago'],
    ['an hour ago', '2026-03-12T12:30:00Z', 'à 13:30', 'at 13:30'],
    ['yesterday', '2026-03-11T07:14:00Z', 'hier à 08:14', 'yesterday at 08:14'],
    [
      'yesterday in Paris, today in UTC minus a day',
      '2026-03-11T22:59:00Z',
      'hier à 23:59',
      'yesterday at 23:59',
    ],
    ['tomorrow', '2026-03-13T07:14:00Z', 'demain à 08:14', 'tomorrow at 08:14'],
    ['this year', '2026-02-01T07:14:00Z', 'le 1 févr. à 08:14', 'on 1 Feb at 08:14'],
    ['another year', '2025-11-12T07:14:00Z', 'le 12 nov. 2025 à 08:14', 'on 12 Nov 2025 at 08:14'],
    ['in some minutes', '2026-03-12T13:40:00Z', 'dans 10 min', 'in 10 min'],
  ])('is told as people tell it: %s', (_name, at, french, english) => {
    // The spaces of the platform's own texts may be narrow or unbreakable.
    const plain = (text: string) => text.replace(/\s/g, ' ');
    expect(plain(momentText(Date.parse(at), now, paris))).toBe(french);
    expect(plain(momentText(Date.parse(at), now, london))).toBe(english);
  });

  it('is told in the time zone of the town, summer time included', () => {
    expect(timeOfDay(Date.parse('2026-03-29T00:59:59Z'), paris)).toBe('01:59:59');
    expect(timeOfDay(Date.parse('2026-03-29T01:00:00Z'), paris)).toBe('03:00:00');
  });
});

describe('how long something lasted', () => {
  it.each([
    ['nothing', 0, '0 s'],
    ['seconds', 45_000, '45 s'],
    ['minutes', 12 * 60_000, '12 min'],
    ['hours', 2 * 3_600_000 + 5 * 60_000, '2 h 05'],
    ['days and hours', (3 * 24 + 4) * 3_600_000, '3 j 4 h'],
    ['whole days', 8 * 86_400_000, '8 j'],
    ['a clock that ran backwards', -5000, '0 s'],
  ])('is told in its two largest units: %s', (_name, ms, text) => {
    expect(durationText(ms, 'fr')).toBe(text);
  });

  it.each([
    ['the beginning', 0, '00:00'],
    ['minutes', 134_000, '02:14'],
    ['hours', 3_734_000, '1:02:14'],
    ['before the beginning', -1000, '00:00'],
  ])('runs like a watch: %s', (_name, ms, text) => {
    expect(stopwatchText(ms)).toBe(text);
  });

  it('never loses a second on the watch', () => {
    fc.assert(
      fc.property(fc.nat({ max: 400_000 }), (seconds) => {
        const read = stopwatchText(seconds * 1000)
          .split(':')
          .reduce((sum, part) => sum * 60 + Number(part), 0);
        expect(read).toBe(seconds);
      }),
    );
  });
});
