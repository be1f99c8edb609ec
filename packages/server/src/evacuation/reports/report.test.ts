import type { IncidentLine, RoomState } from '@vigie/contracts/evacuation';
import { IncidentReport } from '@vigie/contracts/report';
import { describe, expect, it } from 'vitest';
import { type IncidentRecord, reportFrom } from './report.ts';

const t0 = Date.parse('2026-03-02T09:00:00.000Z');
const at = (seconds: number): string => new Date(t0 + seconds * 1000).toISOString();

type Facts = Pick<RoomState, 'state' | 'reason' | 'count' | 'min' | 'max'>;
const people = (count: number): Facts => ({
  state: 'people',
  reason: null,
  count,
  min: count,
  max: count,
});
const empty: Facts = { ...people(0), state: 'empty' };
const unknown: Facts = {
  state: 'unknown',
  reason: 'camera-lost',
  count: null,
  min: null,
  max: null,
};

const room = (id: string) => ({ id, buildingId: 'b', name: id, floor: '', capacity: null });
const frozenRoom = (id: string, facts: Facts, health = 'ok', confirmedEmptyAt = null) => ({
  room: room(id),
  confirmedEmptyAt: confirmedEmptyAt as string | null,
  frozen: {
    v: 1,
    roomId: id,
    ...facts,
    since: at(-60),
    at: at(-1),
    lastSeenAt: null,
    sources: [{ cameraId: `${id}-1`, health, warnings: [], count: null, at: null }],
  } satisfies RoomState,
});
const change = (seconds: number, id: string, facts: Facts, health = 'ok'): IncidentLine => ({
  at: at(seconds),
  actor: 'system',
  what: 'room',
  data: { roomId: id, ...facts, at: null, sources: [{ cameraId: `${id}-1`, health }] },
});
const line = (
  seconds: number,
  what: IncidentLine['what'],
  data: IncidentLine['data'] = {},
): IncidentLine => ({ at: at(seconds), actor: 'ada', what, data });

function report(rooms: IncidentRecord['rooms'], lines: IncidentLine[], more = {}) {
  const record: IncidentRecord = {
    incident: {
      id: 'i',
      buildingId: 'b',
      buildingName: 'Mairie',
      kind: 'drill',
      origin: 'button',
      startedBy: 'ada',
      startedAt: at(0),
      endedAt: at(600),
      endedBy: 'ada',
      sources: [],
    },
    rooms,
    lines: [line(0, 'started', { origin: 'button' }), ...lines],
    sweeps: [],
    contradictions: [],
    assembly: [],
    now: at(900),
    ...more,
  };
  return IncidentReport.parse(reportFrom(record));
}

const seconds = ({ out }: IncidentReport) => [
  out.half?.seconds ?? null,
  out.ninety?.seconds ?? null,
  out.all?.seconds ?? null,
];

describe('the time until people are out', () => {
  const start = [frozenRoom('hall', people(10))];
  it.each<[string, IncidentLine[], (number | null)[]]>([
    ['nobody left', [], [null, null, null]],
    [
      'in order',
      [change(30, 'hall', people(5)), change(50, 'hall', people(1)), change(70, 'hall', empty)],
      [30, 50, 70],
    ],
    [
      'somebody came back: the last time counts',
      [change(30, 'hall', empty), change(50, 'hall', people(6)), change(70, 'hall', empty)],
      [70, 70, 70],
    ],
    ['parts of a second count whole', [change(30.2, 'hall', empty)], [31, 31, 31]],
    [
      'unknown at the end: nobody knows',
      [change(30, 'hall', empty), change(50, 'hall', unknown)],
      [null, null, null],
    ],
    [
      'a room without an upper limit is not out',
      [change(30, 'hall', { ...people(1), max: null })],
      [null, null, null],
    ],
  ])('%s', (_, lines, expected) => {
    expect(seconds(report(start, lines))).toEqual(expected);
  });

  it('goes by the upper limit of the people remaining', () => {
    const lines = [change(30, 'hall', { ...people(3), max: 8 }), change(40, 'hall', people(3))];
    expect(seconds(report(start, lines))).toEqual([40, null, null]);
  });

  it('says nothing of shares where nobody was known at T0', () => {
    const lines = [change(30, 'hall', empty)];
    expect(seconds(report([frozenRoom('hall', unknown)], lines))).toEqual([null, null, 30]);
  });
});

describe('the report of an incident', () => {
  it('tells each room without a gap from T0 to the end', () => {
    const { rooms } = report(
      [frozenRoom('hall', people(2))],
      [change(10, 'hall', unknown), change(20, 'hall', empty)],
    );
    expect(rooms[0]?.periods.map(({ from, until, state }) => [from, until, state])).toEqual([
      [at(0), at(10), 'people'],
      [at(10), at(20), 'unknown'],
      [at(20), at(600), 'empty'],
    ]);
  });

  it('sums the people remaining over all rooms, and gives no upper limit while one is unknown', () => {
    const { curve } = report(
      [frozenRoom('hall', people(2)), frozenRoom('cellar', people(3))],
      [change(10, 'hall', unknown), change(20, 'hall', empty), change(30, 'cellar', empty)],
    );
    expect(curve.map(({ seconds: s, min, max }) => [s, min, max])).toEqual([
      [0, 5, 5],
      [10, 3, null],
      [20, 3, 3],
      [30, 0, 0],
    ]);
  });

  it('names the first and the last moment at which a count fell', () => {
    const { firstOut, lastOut } = report(
      [frozenRoom('hall', people(2)), frozenRoom('cellar', people(1))],
      [
        change(10, 'hall', people(1)),
        change(20, 'hall', unknown),
        change(25, 'hall', people(1)),
        change(40, 'cellar', empty),
        change(50, 'cellar', people(2)),
      ],
    );
    expect([firstOut?.seconds, lastOut?.seconds]).toEqual([10, 40]);
  });

  it('lists rooms that were neither seen empty nor swept clear', () => {
    const confirmed = { ...frozenRoom('hall', people(2)), confirmedEmptyAt: at(30) };
    const sweep = { at: at(60), by: 'bob', people: null } as const;
    const sweeps = [
      { ...sweep, roomId: 'attic', result: 'clear' },
      { ...sweep, roomId: 'cellar', result: 'not-entered' },
    ];
    const others = ['attic', 'cellar'].map((id) => frozenRoom(id, unknown));
    expect(report([confirmed, ...others], [], { sweeps }).neverConfirmed).toEqual(['cellar']);
  });

  it('says when a room was unknown, and when one of its cameras did not see', () => {
    const { blind } = report(
      [frozenRoom('hall', people(2))],
      [
        change(10, 'hall', people(2), 'dark'),
        change(20, 'hall', people(1), 'dark'),
        change(30, 'hall', unknown, 'lost'),
        change(40, 'hall', empty),
      ],
    );
    const of = { roomId: 'hall' };
    expect(blind).toEqual([
      { ...of, cameraId: null, from: at(30), until: at(40), why: 'camera-lost' },
      { ...of, cameraId: 'hall-1', from: at(10), until: at(30), why: 'dark' },
      { ...of, cameraId: 'hall-1', from: at(30), until: at(40), why: 'lost' },
    ]);
  });

  it('knows nothing of the time in which the server was down', () => {
    const { rooms, out } = report(
      [frozenRoom('hall', people(2))],
      [
        change(10, 'hall', empty),
        line(60, 'resumed', { recordedUntil: at(20) }),
        change(65, 'hall', empty),
      ],
    );
    expect(rooms[0]?.periods.map(({ from, state, reason }) => [from, state, reason])).toEqual([
      [at(0), 'people', null],
      [at(10), 'empty', null],
      [at(20), 'unknown', 'not-recorded'],
      [at(65), 'empty', null],
    ]);
    expect(out.all?.seconds).toBe(65);
  });

  it('goes until now while the incident goes on', () => {
    const incident = { ...report([], []).incident, endedAt: null, endedBy: null };
    expect(report([], [], { incident })).toMatchObject({ until: at(900), durationSeconds: 900 });
  });

  it('claims nothing of a building without rooms', () => {
    expect(report([], [])).toMatchObject({ curve: [{ max: null }], out: { all: null } });
  });

  it('keeps what people wrote, who signed, what came in and why it ended', () => {
    expect(
      report(
        [],
        [
          line(5, 'repeated', { origin: 'mqtt' }),
          line(30, 'observation', { text: 'porte bloquée' }),
          line(600, 'ended', { reason: 'tous dehors' }),
          line(700, 'observation', { text: 'porte réparée' }),
          line(800, 'signed'),
        ],
      ),
    ).toMatchObject({
      endReason: 'tous dehors',
      inputs: [{ what: 'started' }, { what: 'repeated', origin: 'mqtt' }, { what: 'ended' }],
      observations: [
        { at: at(30), by: 'ada', text: 'porte bloquée' },
        { at: at(700), text: 'porte réparée' },
      ],
      signatures: [{ at: at(800), by: 'ada' }],
    });
  });
});
