import { describe, expect, it } from 'vitest';
import { countByHealth, healthOf, sensorOf } from './sensor-health.ts';

const seen = '2026-03-01T00:00:00Z';
const bollard = {
  id: 'b1',
  spaceId: 's1',
  model: 'vigie',
  online: true,
  lastSeenAt: seen,
  batteryPercent: 80,
  rssiDbm: -90,
};

describe('the health of a sensor', () => {
  it.each([
    ['that answers', {}, 'ok'],
    ['with a wire instead of a battery', { batteryPercent: null }, 'ok'],
    ['with 21 % left', { batteryPercent: 21 }, 'ok'],
    ['with 20 % left', { batteryPercent: 20 }, 'battery-low'],
    ['that fell silent', { online: false }, 'offline'],
    ['that fell silent with an empty battery', { online: false, batteryPercent: 0 }, 'offline'],
    ['that never spoke', { online: false, lastSeenAt: null }, 'never-heard'],
    ['that has connected, but not reported yet', { lastSeenAt: null }, 'ok'],
  ])('%s', (_name, change, health) => {
    expect(healthOf({ ...bollard, ...change })).toBe(health);
  });

  it('is told of a space without what only administrators need', () => {
    expect(sensorOf(bollard)).toEqual({
      bollardId: 'b1',
      health: 'ok',
      lastSeenAt: seen,
      batteryPercent: 80,
    });
  });

  it('is counted by state', () => {
    const many = [bollard, bollard, { ...bollard, online: false }];
    expect(countByHealth(many)).toEqual({ ok: 2, 'battery-low': 0, offline: 1, 'never-heard': 0 });
  });
});
