import { describe, expect, it } from 'vitest';
import { isLate, readLiveEvent } from './live.ts';

describe('the live stream', () => {
  it.each([
    ['while it stands', null, false],
    ['just after it broke', 9000, false],
    ['three seconds after', 7000, false],
    ['longer than three seconds after', 6999, true],
  ])('is late or not: %s', (_name, downSinceMs, late) => {
    expect(isLate({ downSinceMs }, 10_000)).toBe(late);
  });

  const incident = {
    id: 'i',
    buildingId: 'b',
    buildingName: 'Mairie',
    kind: 'drill',
    origin: 'button',
    startedBy: 'anna',
    startedAt: '2026-03-01T10:00:00Z',
    endedAt: null,
    endedBy: null,
    sources: [],
  };

  it('hands on what the contract describes', () => {
    expect(readLiveEvent('incident', JSON.stringify(incident))).toEqual({
      name: 'incident',
      data: incident,
    });
  });

  it.each([
    ['of another shape', JSON.stringify({ ...incident, kind: 'flood' })],
    ['that is no JSON', '{"id":'],
  ])('leaves out a message %s', (_name, text) => {
    expect(readLiveEvent('incident', text)).toBeUndefined();
  });
});
