import type { SpotStatus } from '@vigie/contracts/exports';
import type { Display, DisplayState } from '@vigie/contracts/parking';
import { DisplayState as States } from '@vigie/contracts/parking';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SpaceRecord } from '../parking/index.ts';
import { changesSince } from './status-changes.ts';

const recordOf = (id: string, state: DisplayState | null): SpaceRecord =>
  ({ space: { id }, display: state && ({ state } as Display) }) as SpaceRecord;

describe('changes of status', () => {
  it.each([
    { name: 'a new space', told: undefined, state: 'free', change: [null, 'free'] },
    { name: 'an arrival', told: 'free', state: 'parked', change: ['free', 'occupied'] },
    { name: 'black after colours', told: 'occupied', state: 'overstay', change: undefined },
    { name: 'a silence', told: 'occupied', state: 'unknown', change: ['occupied', 'unknown'] },
    { name: 'a fault in a silence', told: 'unknown', state: 'fault', change: undefined },
    { name: 'no display yet', told: 'unknown', state: null, change: undefined },
  ] as const)('$name', ({ told, state, change }) => {
    const before = new Map<string, SpotStatus>(told ? [['s', told]] : []);
    const expected = change ? [{ spaceId: 's', before: change[0], status: change[1] }] : [];
    expect(changesSince(before, [recordOf('s', state)])).toEqual(expected);
  });

  it('join without gap, however often and in whatever pieces somebody looks', () => {
    const looks = fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.constantFrom(...States.options)));
    fc.assert(
      fc.property(looks, (states) => {
        const told = new Map<string, SpotStatus>();
        for (const [id, state] of states) {
          for (const repeat of [1, 2]) {
            const changes = changesSince(told, [recordOf(id, state)]);
            if (repeat === 2) expect(changes).toEqual([]);
            for (const { spaceId, before, status } of changes) {
              expect(before).toBe(told.get(spaceId) ?? null);
              expect(before).not.toBe(status);
              told.set(spaceId, status);
            }
          }
        }
      }),
    );
  });
});
