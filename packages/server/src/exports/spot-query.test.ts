import type { ParkingSpot } from '@vigie/contracts/exports';
import { Zone } from '@vigie/contracts/parking';
import { describe, expect, it } from 'vitest';
import { spotOf } from './parking-spot.ts';
import { readSpotQuery } from './spot-query.ts';

const zone = Zone.parse({ id: 'z', name: 'Rue', allowedDays: 7 });
const spotIn = (state: 'free' | 'parked' | 'unknown', day: number | null): ParkingSpot =>
  spotOf({
    space: { id: 's', zoneId: 'z', label: 'A;1|2', address: '', latitude: 1, longitude: 2 },
    zone,
    display: {
      v: 1,
      state,
      day,
      colour: null,
      label: '',
      since: day === null ? null : '2026-03-01T08:00:00.000Z',
      until: null,
      paletteVersion: '1',
      ...zone,
    },
    observedAt: null,
  });
const free = spotIn('free', null);
const parked = spotIn('parked', 3);

describe('a query for spaces', () => {
  it.each([
    { q: 'status=="free"', finds: [free] },
    { q: 'status==free', finds: [free] },
    { q: 'status!="free"', finds: [parked] },
    { q: 'status=="free","occupied"', finds: [free, parked] },
    { q: 'status!="free","occupied"', finds: [] },
    { q: 'parkedDays>=3', finds: [parked] },
    { q: 'parkedDays>3', finds: [] },
    { q: 'parkedDays<4', finds: [parked] },
    { q: 'parkedDays<=2', finds: [] },
    { q: 'parkedDays!=2', finds: [parked] },
    { q: 'parkedDays=="3"', finds: [] },
    { q: 'parkedDays', finds: [parked] },
    { q: 'category=="onStreet"', finds: [free, parked] },
    { q: 'occupiedSince<2026-03-02T00:00:00Z', finds: [parked] },
    { q: 'occupiedSince>"2026-03-02T00:00:00Z"', finds: [] },
    { q: 'name=="A;1|2"', finds: [free, parked] },
    { q: 'refParkingSite==urn:ngsi-ld:OnStreetParking:z;status=="free"', finds: [free] },
    { q: 'status=="free"|status=="occupied";parkedDays>=9', finds: [free] },
  ])('$q finds what it says', ({ q, finds }) => {
    const test = readSpotQuery(q);
    expect([free, parked].filter((spot) => test?.(spot))).toEqual(finds);
  });

  it.each([
    '',
    ';',
    'status==',
    'status=free',
    'status==="free"',
    'status~="f.*"',
    'colour=="red"',
    'parkedDays>1,2',
    '(status=="free")',
    'status=="free',
    'constructor',
  ])('%s is not understood', (q) => {
    expect(readSpotQuery(q)).toBeUndefined();
  });
});
