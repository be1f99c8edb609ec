import { type AlarmSource, type Incident, IncidentKind } from '@vigie/contracts/evacuation';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinedBy } from './alarm.ts';

const source = fc.record({
  origin: fc.constantFrom('button' as const, 'mqtt' as const, 'modbus' as const),
  name: fc.constantFrom('ada', 'panel'),
  kind: fc.constantFrom(...IncidentKind.options),
  at: fc.constant('2026-01-01T10:00:00.000Z'),
});

const begunBy = (first: AlarmSource): Incident => ({
  id: 'i',
  buildingId: 'b',
  buildingName: 'B',
  kind: first.kind,
  origin: first.origin,
  startedBy: first.name,
  startedAt: first.at,
  endedAt: null,
  endedBy: null,
  sources: [first],
});

const incidentOf = ([first, ...further]: readonly AlarmSource[]): Incident =>
  further.reduce(joinedBy, begunBy(first as AlarmSource));

const wordsOf = ({ kind, sources }: Incident) => ({
  kind,
  sources: sources.map((one) => `${one.origin} ${one.name} ${one.kind}`).toSorted(),
});

describe('the alarms of one building', () => {
  it('make the same incident in whatever order and however often they come', () => {
    const anyOrder = fc.array(source, { minLength: 1, maxLength: 8 }).chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc
          .array(fc.constantFrom(...all), { maxLength: 8 })
          .chain((more) =>
            fc.shuffledSubarray([...all, ...more], { minLength: all.length + more.length }),
          ),
      ),
    );
    fc.assert(
      fc.property(anyOrder, ([once, often]) => {
        expect(wordsOf(incidentOf(often))).toEqual(wordsOf(incidentOf(once)));
      }),
    );
  });

  it('are as grave as the gravest, and keep who began', () => {
    fc.assert(
      fc.property(fc.array(source, { minLength: 1, maxLength: 8 }), (all) => {
        const { kind, startedBy, sources } = incidentOf(all);
        const gravest = (['fire', 'drill', 'test'] as const).find((one) =>
          all.some((given) => given.kind === one),
        );
        expect(kind).toBe(gravest);
        expect(startedBy).toBe(all[0]?.name);
        expect(sources[0]).toEqual(all[0]);
      }),
    );
  });
});
