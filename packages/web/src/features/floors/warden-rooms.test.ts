import { NO_DRAWING, Warden } from '@vigie/contracts/floors';
import { describe, expect, it } from 'vitest';
import { roomsOfAccount, roomsWithoutWarden } from './warden-rooms.ts';

const floorOf = (buildingId: string, name: string) => ({
  ...{ id: `${buildingId}-${name}`, buildingId, name, level: 0 },
  ...{ drawing: NO_DRAWING, plan: null, revision: 0 },
});
const floors = [floorOf('hall', '0'), floorOf('hall', '1'), floorOf('school', '0')];
const rooms = [
  { id: 'desk', buildingId: 'hall', floor: '0' },
  { id: 'office', buildingId: 'hall', floor: '1' },
  { id: 'attic', buildingId: 'hall', floor: '' },
  { id: 'class', buildingId: 'school', floor: '0' },
];
const wardenOf = (id: string, given: Partial<Warden>): Warden =>
  Warden.parse({ id, buildingId: 'hall', name: id, role: 'guide', username: id, ...given });

const rows: { name: string; wardens: Warden[]; own: string[]; without: string[] }[] = [
  {
    name: 'nobody has a task',
    wardens: [],
    own: [],
    without: ['desk', 'office', 'attic', 'class'],
  },
  {
    name: 'a floor is that of one building',
    wardens: [wardenOf('ada', { floors: ['hall-0'] })],
    own: ['desk'],
    without: ['office', 'attic', 'class'],
  },
  {
    name: 'further rooms stand beside floors',
    wardens: [wardenOf('ada', { floors: ['hall-1'], rooms: ['attic'] })],
    own: ['office', 'attic'],
    without: ['desk', 'class'],
  },
  {
    name: 'a deputy has the rooms of the other besides their own',
    wardens: [
      wardenOf('bob', { floors: ['hall-0'] }),
      wardenOf('ada', { rooms: ['attic'], deputyOf: 'bob' }),
    ],
    own: ['desk', 'attic'],
    without: ['office', 'class'],
  },
  {
    name: 'an account has two tasks, written in capitals once',
    wardens: [
      wardenOf('guide', { username: 'ADA', rooms: ['desk'] }),
      wardenOf('sweeper', { username: 'ada', rooms: ['class'], buildingId: 'school' }),
    ],
    own: ['desk', 'class'],
    without: ['office', 'attic'],
  },
  {
    name: 'a warden without an account has the rooms of nobody who signs in',
    wardens: [wardenOf('paper', { username: null, rooms: ['desk'] })],
    own: [],
    without: ['office', 'attic', 'class'],
  },
];

describe('rooms and those who check them', () => {
  it.each(rows)('$name', ({ wardens, own, without }) => {
    const ids = (all: readonly { id: string }[]) => all.map(({ id }) => id);
    expect(ids(roomsOfAccount('ada', rooms, { floors, wardens }))).toEqual(own);
    expect(ids(roomsWithoutWarden(rooms, { floors, wardens }))).toEqual(without);
  });
});
