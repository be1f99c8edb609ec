import type { Bollard, Fault, UnreadMessage } from '@vigie/contracts/devices';
import type { SpaceView } from '@vigie/contracts/parking';
import { describe, expect, it } from 'vitest';
import {
  devicesMatching,
  livesIn,
  openFaults,
  readDeviceFilter,
  strangersIn,
  suggestedId,
} from './registry.ts';

const bollard = (id: string, part: Partial<Bollard> = {}) =>
  ({ id, life: 'in-service', deviceEui: null, model: 'vigie', spaceIds: [], ...part }) as Bollard;

const all = [
  bollard('ok'),
  bollard('gone', { life: 'retired' }),
  bollard('quiet', { life: 'silent', spaceIds: ['s1'] }),
  bollard('slow', { life: 'late', deviceEui: 'aabbccddeeff0011' }),
];
const spaces = new Map([['s1', { id: 's1', label: 'R-03' } as SpaceView]]);
const idsFor = (filter: object) => devicesMatching(all, filter, spaces).map(({ id }) => id);

describe('the list of devices', () => {
  it.each<[string, object, string[]]>([
    ['all in service, most in need first', {}, ['quiet', 'slow', 'ok']],
    ['one life', { life: 'retired' }, ['gone']],
    ['the name of a space', { q: 'r-03' }, ['quiet']],
    ['a part of an EUI', { q: 'EEFF' }, ['slow']],
    ['one out of service, when it is looked for', { q: 'gone' }, ['gone']],
    ['nothing', { q: 'nowhere' }, []],
  ])('shows %s', (_name, filter, ids) => {
    expect(idsFor(filter)).toEqual(ids);
  });

  it('counts the lives that occur, most in need first', () => {
    expect(livesIn(all).map(({ life, count }) => `${life} ${count}`)).toEqual([
      'silent 1',
      'late 1',
      'in-service 1',
      'retired 1',
    ]);
  });

  it.each([
    [
      { life: 'late', q: 12 },
      { life: 'late', q: '12' },
    ],
    [{ life: 'bored', q: '' }, {}],
  ])('reads its filter from an address: %o', (search, filter) => {
    expect(readDeviceFilter(search)).toEqual(filter);
  });
});

describe('devices that nobody registered', () => {
  const unread = (deviceId: string, receivedAt: string) =>
    ({ deviceId, receivedAt }) as UnreadMessage;

  it('are told by the EUIs of unread messages that no device has', () => {
    const found = strangersIn(
      [
        unread('ffff000000000001', '2026-06-01T08:00:00Z'),
        unread('ffff000000000002', '2026-06-01T09:00:00Z'),
        unread('ffff000000000001', '2026-06-01T08:30:00Z'),
        unread('aabbccddeeff0011', '2026-06-01T08:00:00Z'),
        unread('ok', '2026-06-01T08:00:00Z'),
        unread('', '2026-06-01T08:00:00Z'),
      ],
      all,
    );
    expect(found).toEqual([
      { eui: 'ffff000000000002', messages: 1, lastAt: '2026-06-01T09:00:00Z' },
      { eui: 'ffff000000000001', messages: 2, lastAt: '2026-06-01T08:30:00Z' },
    ]);
  });

  it.each([
    ['ffff000000000001', [], 'borne-000001'],
    ['ffff000000000001', ['borne-000001'], 'borne-000001-2'],
    ['', ['borne-1'], 'borne-2'],
  ])('get a name that is free: %s beside %o', (eui, taken, id) => {
    expect(
      suggestedId(
        eui,
        taken.map((one) => ({ id: one })),
      ),
    ).toBe(id);
  });
});

it('the faults that go on are listed, the longest first', () => {
  const fault = (id: string, openedAt: string, closedAt: string | null = null) =>
    ({ id, openedAt, closedAt }) as Fault;
  const faults = [
    fault('b', '2026-06-02'),
    fault('a', '2026-06-01'),
    fault('c', '2026-05-01', 'x'),
  ];
  expect(openFaults(faults).map(({ id }) => id)).toEqual(['a', 'b']);
});
