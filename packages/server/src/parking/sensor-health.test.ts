import type { Bollard } from '@vigie/contracts/devices';
import { describe, expect, it } from 'vitest';
import { countByHealth, healthOf, sensorOf } from './sensor-health.ts';

const seen = '2026-03-01T00:00:00Z';
const bollard = {
  id: 'b1',
  spaceId: 's1',
  spaceIds: ['s1'],
  model: 'vigie',
  deviceEui: null,
  life: 'in-service',
  online: true,
  lastSeenAt: seen,
  heartbeatMs: 900_000,
  batteryPercent: 80,
  rssiDbm: -90,
  temperatureC: null,
  firmware: null,
  replacedBy: null,
} satisfies Bollard;

describe('the health of a sensor', () => {
  it.each<[string, Partial<Bollard>, string]>([
    ['that answers', {}, 'ok'],
    ['with a wire instead of a battery', { batteryPercent: null }, 'ok'],
    ['with 21 % left', { batteryPercent: 21 }, 'ok'],
    ['with 20 % left', { batteryPercent: 20 }, 'battery-low'],
    ['that fell silent', { life: 'silent' }, 'offline'],
    ['that fell silent with an empty battery', { life: 'silent', batteryPercent: 0 }, 'offline'],
    ['that never spoke', { life: 'installed', lastSeenAt: null }, 'never-heard'],
    ['that is late', { life: 'late' }, 'ok'],
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
    const many = [bollard, bollard, { ...bollard, life: 'silent' as const }];
    expect(countByHealth(many)).toEqual({ ok: 2, 'battery-low': 0, offline: 1, 'never-heard': 0 });
  });
});
