import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '@vigie/contracts/accounts';
import type { Incident } from '@vigie/contracts/evacuation';
import { IncidentReport, SafetyRegister } from '@vigie/contracts/report';
import { parse } from 'csv-parse/sync';
import type { MqttClient } from 'mqtt';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  emptyTownDatabase,
  openTownHall,
  sendCount,
  sendNobody,
  type TownHall,
} from '../town-hall.fake.ts';
import { reportTables } from './report-tables.ts';

const database = emptyTownDatabase();
let hall: TownHall;
let worker: MqttClient;

beforeEach(async () => {
  hall = await openTownHall(database.db);
  worker = await hall.connect('worker:w1');
  return () => hall.stop();
});

const until = <T>(check: () => T | Promise<T>) =>
  vi.waitFor(check, { timeout: 15_000, interval: 20 });
const officer: Role = 'fire-safety-officer';
const begin = async (kind = 'drill'): Promise<string> =>
  ((await hall.ask('warden', 'POST', '/buildings/town-hall/incidents', { kind })).body as Incident)
    .id;
const end = (id: string) =>
  hall.ask(officer, 'POST', `/incidents/${id}/end`, { reason: 'tous dehors' });
const observe = (id: string, text: string, role: Role = 'warden') =>
  hall.ask(role, 'POST', `/incidents/${id}/observations`, { text });
const reportOf = async (id: string): Promise<IncidentReport> =>
  IncidentReport.parse((await hall.ask('viewer', 'GET', `/incidents/${id}/report`)).body);
const registerOf = async (query = ''): Promise<SafetyRegister> =>
  SafetyRegister.parse((await hall.ask('viewer', 'GET', `/safety-register${query}`)).body);
const file = async (path: string): Promise<{ type: string | null; bytes: Buffer }> => {
  const answer = await fetch(`${hall.url}/api/v1${path}`, { headers: { 'x-role': 'viewer' } });
  expect(answer.status).toBe(200);
  return {
    type: answer.headers.get('content-type'),
    bytes: Buffer.from(await answer.arrayBuffer()),
  };
};

/** Three people in the hall, of whom two leave, then all, though a warden left two; the cellar is never seen. */
async function drill(): Promise<string> {
  await sendCount(worker, 'hall-1', 3);
  const id = await begin();
  await sendCount(worker, 'hall-1', 1);
  await until(async () =>
    expect((await reportOf(id)).rooms[1]?.periods.at(-1)).toMatchObject({ count: 1 }),
  );
  const at = new Date().toISOString();
  const stay = { id: 'w', roomId: 'hall', result: 'people', people: 2, at, sentAt: at };
  await hall.ask('warden', 'POST', `/incidents/${id}/sweeps`, stay);
  await sendNobody(worker, 'hall-1');
  await until(async () => {
    const { rooms, contradictions } = await reportOf(id);
    expect(rooms[1]?.periods.at(-1)).toMatchObject({ state: 'empty' });
    expect(contradictions).toHaveLength(1);
  });
  await observe(id, 'porte sud bloquée');
  await end(id);
  return id;
}

function pdfText(pdf: Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-pdf-'));
  try {
    writeFileSync(join(folder, 'a.pdf'), pdf);
    return execFileSync('pdftotext', ['-raw', join(folder, 'a.pdf'), '-'], { encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
const compact = (text: string): string => text.replaceAll(/\s+/g, '');

describe('the report of an incident', () => {
  it('keeps every count, what was never confirmed, and what people wrote', async () => {
    const report = await reportOf(await drill());
    expect(report).toMatchObject({
      start: { people: 3, roomsUnknown: 1 },
      neverConfirmed: ['cellar'],
      observations: [{ by: 'ada', text: 'porte sud bloquée' }],
      endReason: 'tous dehors',
      out: { all: null },
      contradictions: [{ roomId: 'hall', said: 'people', by: 'ada', override: null }],
    });
    const hallRoom = report.rooms.find(({ room }) => room.id === 'hall');
    expect(hallRoom?.periods.flatMap(({ count }) => count ?? [])).toEqual([3, 1, 0]);
    expect(report.blind).toContainEqual(
      expect.objectContaining({ roomId: 'cellar', cameraId: null, until: report.until }),
    );
  });

  it('tells of sweeps and of people at the assembly point', async () => {
    const id = await begin();
    const at = new Date().toISOString();
    const found = { at, sentAt: at };
    const sweep = { id: 's', roomId: 'cellar', result: 'clear', ...found };
    const count = { id: 'a', point: 'square', how: 'set', people: 4, ...found };
    await hall.ask('warden', 'POST', `/incidents/${id}/sweeps`, sweep);
    await hall.ask('warden', 'POST', `/incidents/${id}/assembly-counts`, count);
    const report = await reportOf(id);
    expect(report).toMatchObject({
      sweeps: [{ roomId: 'cellar', result: 'clear', by: 'ada' }],
      assembly: [{ point: 'square', people: 4, by: 'ada' }],
      contradictions: [],
    });
    expect(report.neverConfirmed).not.toContain('cellar');
  });

  it.each(['fr', 'en'] as const)('has the same figures in its table, in %s', async (language) => {
    const id = await drill();
    const tables = reportTables(await reportOf(id), { language, timeZone: 'Europe/Paris' });
    const { type, bytes } = await file(`/incidents/${id}/report.csv?language=${language}`);
    expect(type).toContain('text/csv');
    const rows = parse(bytes, { bom: true, delimiter: ';', relax_column_count: true });
    expect(rows).toEqual(
      tables.flatMap(({ title, columns, rows: all }) =>
        [columns, ...all].map((row) => [title, ...row]),
      ),
    );
  });

  it.for(['fr', 'en'] as const)(
    'has the same figures in its PDF, in %s',
    async (language, context) => {
      const id = await drill();
      const { type, bytes } = await file(`/incidents/${id}/report.pdf?language=${language}`);
      expect(type).toBe('application/pdf');
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
      if (spawnSync('pdftotext', ['-v']).error) context.skip('no pdftotext: install poppler-utils');
      const text = compact(pdfText(bytes));
      const tables = reportTables(await reportOf(id), { language, timeZone: 'Europe/Paris' });
      for (const cell of tables.flatMap(({ title, rows }) => [title, ...rows.flat()]))
        expect(text).toContain(compact(cell));
    },
  );

  it('goes on after a restart, and says what nobody recorded', async () => {
    await sendCount(worker, 'hall-1', 3);
    const id = await begin();
    await hall.stop();
    hall = await openTownHall(database.db);
    const report = await until(async () => {
      const now = await reportOf(id);
      expect(now.inputs.at(-1)).toMatchObject({ what: 'resumed' });
      return now;
    });
    expect(report.blind.map(({ why }) => why)).toContain('not-recorded');
  });

  it('of an incident that does not exist is refused by name', async () => {
    expect(await hall.ask('viewer', 'GET', '/incidents/nothing/report')).toMatchObject({
      status: 404,
      body: { code: 'evacuation/incident-unknown' },
    });
  });
});

describe('what people add', () => {
  it('during the incident and after it stays, in order', async () => {
    const id = await begin();
    await observe(id, 'un');
    await end(id);
    await observe(id, 'deux', officer);
    expect((await reportOf(id)).observations.map(({ text }) => text)).toEqual(['un', 'deux']);
  });

  it.each([
    ['a viewer has no right to it', 'viewer', 'vu', 403],
    ['an empty one is refused', 'warden', '  ', 400],
    ['one without end is refused', 'warden', 'x'.repeat(2001), 400],
  ] as const)('%s', async (_, role, text, status) => {
    const id = await begin();
    expect((await observe(id, text, role)).status).toBe(status);
    expect((await reportOf(id)).observations).toEqual([]);
  });

  it('is signed by the officer, once the incident is over', async () => {
    const id = await begin();
    const sign = (role: Role) => hall.ask(role, 'POST', `/incidents/${id}/signatures`);
    expect(await sign(officer)).toMatchObject({
      status: 409,
      body: { code: 'evacuation/incident-active' },
    });
    await end(id);
    expect((await sign('warden')).status).toBe(403);
    expect((await sign(officer)).status).toBe(201);
    expect((await reportOf(id)).signatures).toMatchObject([{ by: 'ada' }]);
  });
});

describe('the safety register', () => {
  it('lists drills and incidents, newest first, with reason, observations and length', async () => {
    const drillId = await begin();
    await observe(drillId, '=1+1');
    await end(drillId);
    const fireId = await begin('fire');
    const { entries, drills } = await registerOf();
    expect(entries).toMatchObject([
      { incident: { id: fireId }, durationSeconds: null, observations: [] },
      {
        incident: { id: drillId },
        durationSeconds: expect.any(Number),
        endReason: 'tous dehors',
        observations: [{ text: '=1+1' }],
        isSigned: false,
      },
    ]);
    expect(drills).toMatchObject([{ buildingId: 'town-hall', isOverdue: false }]);
  });

  it('says that a building without a drill needs one', async () => {
    expect((await registerOf()).drills).toMatchObject([{ lastDrillAt: null, isOverdue: true }]);
  });

  it.each([
    ['by kind', '?kind=fire', 0],
    ['by building', '?building=town-hall', 1],
    ['by another building', '?building=barn', 0],
    ['by its start', '?from=2026-01-01T00:00:00.000Z', 1],
    ['by its end', '?to=2026-01-01T00:00:00.000Z', 0],
  ])('is filtered %s', async (_, query, found) => {
    await end(await begin());
    expect((await registerOf(query)).entries).toHaveLength(found);
  });

  it('goes out as a table without formulas and as PDF', async () => {
    const id = await begin();
    await observe(id, 'vu');
    await end(id);
    const table = (await file('/safety-register.csv')).bytes.toString();
    expect(table).toContain('Hôtel de ville');
    expect(table).toContain('ada : vu');
    const pdf = await file('/safety-register.pdf?language=en');
    expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-');
  });
});
