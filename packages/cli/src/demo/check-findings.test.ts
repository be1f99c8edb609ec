import type { Board, BuildingView, RoomState } from '@vigie/contracts/evacuation';
import type { SpaceView } from '@vigie/contracts/parking';
import { paletteFor } from '@vigie/palette';
import { describe, expect, it } from 'vitest';
import {
  boardFinding,
  boardProblems,
  colourProblems,
  distinctColours,
  lampProblems,
  messageFindings,
  noteRooms,
  noteSpaces,
  type RoomFinding,
  richestStay,
  roomProblems,
  type StayColours,
  weightProblems,
} from './check-findings.ts';

const palette = paletteFor(7);
const legend = palette.colours.map((colour, i) => ({
  day: i + 1,
  colour,
  nameFr: '',
  nameEn: '',
}));

/** What the space shows on a day; day 8 and later are black. */
const shown = (day: number, id = 'r-03', since = '2026-06-01T08:00:00.000Z'): SpaceView => ({
  id,
  zoneId: 'z',
  label: id,
  address: '',
  latitude: null,
  longitude: null,
  zoneName: 'Z',
  caseId: null,
  display: {
    v: 1,
    state: day > 7 ? 'overstay' : 'parked',
    day,
    colour: palette.colours[Math.min(day, 8) - 1] ?? '',
    label: `${day}`,
    since,
    until: null,
    allowedDays: 7,
    dayRule: 'arrival',
    timeZone: 'Europe/Paris',
    paletteVersion: palette.version,
  },
});

function stayOver(days: readonly number[]): StayColours | undefined {
  const stays = new Map<string, StayColours>();
  for (const day of days) noteSpaces(stays, [shown(day)]);
  return richestStay(stays.values());
}

describe('the colours of a stay', () => {
  it('are kept once each, in order, however often one looks', () => {
    const stay = stayOver([1, 1, 2, 3, 3, 3, 4, 5, 6, 7, 8, 9]);
    expect(stay?.days.map(({ day }) => day)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(distinctColours(stay)).toEqual(palette.colours);
    expect(colourProblems(stay, legend)).toEqual([]);
  });

  it.each<[string, number[], RegExp]>([
    ['too few colours', [1, 2, 3], /only 3 colours/],
    ['black never reached', [1, 2, 3, 4, 5, 6], /no space reached black/],
    ['days that go back', [3, 4, 5, 6, 7, 2, 8], /did not go forward/],
    ['a colour shown twice', [3, 4, 5, 6, 7, 3, 8], /a colour twice/],
  ])('tell %s', (_name, days, problem) => {
    expect(colourProblems(stayOver(days), legend).join()).toMatch(problem);
  });

  it('tell a colour that is not the one of the day', () => {
    const stay = stayOver([1, 2, 3, 4, 5, 6, 7, 8]);
    const other = legend.map((entry) =>
      entry.day === 4 ? { ...entry, colour: '#123456' } : entry,
    );
    expect(colourProblems(stay, other)).toEqual([
      `day 4 of r-03 was ${legend[3]?.colour}, not #123456`,
    ]);
  });

  it('of two cars on one space are two stays, and the one that reached black is reported', () => {
    const stays = new Map<string, StayColours>();
    for (const day of [1, 2, 3, 4, 5]) noteSpaces(stays, [shown(day)]);
    noteSpaces(stays, [shown(8, 'r-03', '2026-07-01T08:00:00.000Z')]);
    expect(stays.size).toBe(2);
    expect(richestStay(stays.values())?.since).toBe('2026-07-01T08:00:00.000Z');
  });

  it('must have been shown by the lamp itself', () => {
    const stay = stayOver([1, 2, 8]);
    expect(lampProblems(stay, palette.colours)).toEqual([]);
    expect(lampProblems(stay, palette.colours.slice(0, 7))).toEqual([
      'the bollard on r-03 never showed #000000',
    ]);
  });

  it('need a car', () => {
    expect(colourProblems(stayOver([]), legend)).toEqual(['no car was ever seen parked']);
  });
});

const roomState = (count: number | null, reason: RoomState['reason'] = null): RoomState => ({
  v: 1,
  roomId: 'a',
  state: count === null ? 'unknown' : count > 0 ? 'people' : 'empty',
  reason,
  count,
  min: count,
  max: count,
  since: '2026-06-01T08:00:00.000Z',
  at: null,
  lastSeenAt: null,
  sources: [],
});
const room = (id: string) => ({ id, buildingId: 'b', name: id, floor: '', capacity: null });

function watched(counts: Record<string, (number | null)[]>, reason: RoomState['reason'] = null) {
  const rooms = new Map<string, RoomFinding>();
  for (let i = 0; i < Math.max(...Object.values(counts).map(({ length }) => length)); i++) {
    const building: BuildingView = {
      id: 'b',
      name: 'B',
      address: '',
      activeIncidentId: null,
      rooms: Object.entries(counts).map(([id, list]) => ({
        ...room(id),
        cameras: [],
        live: roomState(list[i] ?? null, reason),
      })),
    };
    noteRooms(rooms, [building], i);
  }
  return [...rooms.values()];
}

describe('the rooms', () => {
  const expected = { somebodyIn: ['office'], nobodyIn: ['archive'] };

  it('are kept as changes of their counts, with seconds', () => {
    const [office] = watched({ office: [null, 2, 2, 1, null] });
    expect(office?.counts).toEqual([
      [0, null],
      [1, 2],
      [3, 1],
      [4, null],
    ]);
  });

  it('are good when people were seen where they are and nobody where nobody is', () => {
    expect(
      roomProblems(watched({ office: [null, 2, 0], archive: [null, 0, 0] }), expected),
    ).toEqual([]);
  });

  it.each<[string, Record<string, (number | null)[]>, RegExp]>([
    ['nobody where people are', { office: [0], archive: [0] }, /nobody was ever seen in office/],
    ['people where nobody is', { office: [1], archive: [0, 1] }, /1 were seen in archive/],
    ['a room that stayed unknown', { office: [1], archive: [null] }, /archive stayed unknown/],
  ])('tell %s', (_name, counts, problem) => {
    expect(roomProblems(watched(counts), expected).join()).toMatch(problem);
  });

  it('never count as good when there are none', () => {
    expect(roomProblems([], expected)).toEqual(['no room is watched']);
  });

  it.each<[string, (number | null)[], RoomState['reason'], RegExp]>([
    ['no weights', [null], 'no-model', /there are no weights.*VIGIE_MODELS/],
    ['no worker', [null], 'no-headcount-yet', /no vision worker/],
    ['nothing when something was counted', [null, 0], 'no-model', /^$/],
  ])('say that there is %s', (_name, counts, reason, words) => {
    expect(weightProblems(watched({ office: counts }, reason)).join()).toMatch(words);
  });
});

describe('the board', () => {
  const board = (frozen: number | null, live: number | null): Board => ({
    incident: {
      id: 'i1',
      buildingId: 'b',
      buildingName: 'B',
      kind: 'drill',
      origin: 'button',
      startedBy: 'admin',
      startedAt: '2026-06-01T08:00:00.000Z',
      endedAt: null,
      endedBy: null,
      sources: [],
    },
    rooms: [
      {
        room: room('office'),
        frozen: roomState(frozen),
        live: roomState(live),
        standing: { kind: 'unknown', reason: 'camera-lost' },
        sweep: null,
        confirmedEmptyAt: null,
        cameraIds: [],
      },
    ],
    totals: {
      peopleMin: 0,
      peopleMax: null,
      roomsWithPeople: 0,
      roomsInContradiction: 0,
      roomsUnknown: 0,
      roomsSwept: 0,
      roomsEmpty: 0,
      frozenPeople: 0,
      frozenMax: null,
    },
    blind: [],
    assembled: [],
    tally: { kind: 'not-counted', people: 0, assembled: 0, seen: null },
    logDelayedSince: null,
  });

  it('is good with frozen and live counts of every room and an end', () => {
    const finding = boardFinding(board(2, 0), true);
    expect(finding.rooms).toEqual([
      { id: 'office', name: 'office', state: 'empty', frozen: 2, live: 0 },
    ]);
    expect(boardProblems(finding, ['office'])).toEqual([]);
  });

  it.each([
    ['no board', undefined, ['office'], /no board/],
    ['a room left out', boardFinding(board(2, 0), true), ['office', 'cellar'], /leaves out cellar/],
    ['no frozen count', boardFinding(board(null, 1), true), ['office'], /no frozen count/],
    ['no live count', boardFinding(board(1, null), true), ['office'], /no live count/],
    ['an alarm without an end', boardFinding(board(1, 1), false), ['office'], /did not end/],
  ])('tells %s', (_name, finding, roomIds, problem) => {
    expect(boardProblems(finding, roomIds).join()).toMatch(problem);
  });
});

it('takes a message for delivered only when that very message reached its recipient', () => {
  const message = {
    id: 'case-1-opened',
    kind: 'case-opened',
    caseId: '1',
    channel: 'mail' as const,
    recipient: 'commissariat@demo.invalid',
    recipientName: '',
    subject: 'Dossier 1',
    status: 'sent' as const,
    attempts: 1,
    lastError: null,
    createdAt: '2026-06-01T08:00:00.000Z',
    sentAt: '2026-06-01T08:00:01.000Z',
  };
  const mail = {
    id: 'mail-1',
    messageId: '<case-1-opened@vigie>',
    from: 'vigie@demo.invalid',
    to: 'commissariat@demo.invalid',
    subject: 'Dossier 1',
    date: '2026-06-01T08:00:01.000Z',
    text: '',
    html: '',
  };
  const isDelivered = (inbox: (typeof mail)[]) =>
    messageFindings([message], inbox).map(({ deliveredToInbox }) => deliveredToInbox);
  expect(isDelivered([mail])).toEqual([true]);
  expect(isDelivered([])).toEqual([false]);
  expect(isDelivered([{ ...mail, messageId: '<case-2-opened@vigie>' }])).toEqual([false]);
  expect(isDelivered([{ ...mail, to: 'mairie@demo.invalid' }])).toEqual([false]);
});
