import { Drills, type PlannedDrill } from '@vigie/contracts/drills';
import type { Incident, IncidentLine } from '@vigie/contracts/evacuation';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyTownDatabase, openTownHall, smallTown, type TownHall } from '../town-hall.fake.ts';
import type { DrillLetter } from './drills.service.ts';

const town = {
  ...smallTown,
  buildings: [...smallTown.buildings, { id: 'school', name: 'École', address: '' }],
};
const hourMs = 3_600_000;
const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();

const database = emptyTownDatabase();
let hall: TownHall;
let letters: DrillLetter[];

const open = async (addresses: string[] = []) => {
  const drills = {
    months: 6,
    addresses,
    queue: async (letter: DrillLetter) => void letters.push(letter),
  };
  hall = await openTownHall(database.db, town, { drills });
};

beforeEach(async () => {
  letters = [];
  await open();
});
afterEach(() => hall.stop());

const until = <T>(check: () => T | Promise<T>) =>
  vi.waitFor(check, { timeout: 30_000, interval: 50 });
const plan = async (building: string, wish: object, role = 'fire-safety-officer' as const) =>
  (await hall.ask(role, 'POST', `/buildings/${building}/drills`, wish)).body as PlannedDrill;
const pathOf = ({ buildingId, id }: PlannedDrill) => `/buildings/${buildingId}/drills/${id}`;
const drills = async (): Promise<Drills> =>
  Drills.parse((await hall.ask('viewer', 'GET', '/drills')).body);
const incidents = async (): Promise<Incident[]> =>
  (await hall.ask('viewer', 'GET', '/incidents')).body;
const subjects = () => letters.map(({ subject }) => subject.split(' / ')[0]);

describe('a planned drill', () => {
  it('is made, changed and cancelled by those who may plan', async () => {
    const made = await plan('school', { at: inMs(48 * hourMs), note: 'couloir est' });
    expect(made).toMatchObject({ buildingName: 'École', startsItself: false, state: 'ahead' });
    const at = inMs(24 * hourMs);
    expect(await hall.ask('warden', 'PUT', pathOf(made), { at })).toMatchObject({ status: 403 });
    await hall.ask('fire-safety-officer', 'PUT', pathOf(made), { at, startsItself: true });
    expect((await drills()).planned).toMatchObject([{ id: made.id, at, startsItself: true }]);
    const cancelled = await hall.ask('administrator', 'DELETE', pathOf(made));
    expect(cancelled.status).toBe(204);
    expect((await drills()).planned).toEqual([]);
  });

  it.each([
    ['in the past', 'POST', '/buildings/school/drills', inMs(-1), 400, 'evacuation/drill-in-past'],
    [
      'of an unknown building',
      'POST',
      '/buildings/barn/drills',
      inMs(hourMs),
      404,
      'evacuation/building-unknown',
    ],
    [
      'that nobody planned',
      'PUT',
      `/buildings/school/drills/${crypto.randomUUID()}`,
      inMs(hourMs),
      404,
      'evacuation/drill-unknown',
    ],
  ] as const)('%s is refused in words', async (_, method, path, at, status, code) => {
    const answer = await hall.ask('fire-safety-officer', method, path, { at });
    expect(answer).toMatchObject({ status, body: { code } });
    expect((await drills()).planned).toEqual([]);
  });

  it('begins by one press in its hour, once, and then counts as the last drill', async () => {
    const early = await plan('school', { at: inMs(hourMs) });
    expect(await hall.ask('warden', 'POST', `${pathOf(early)}/start`)).toMatchObject({
      status: 409,
      body: { code: 'evacuation/drill-not-due' },
    });
    const made = await plan('town-hall', { at: inMs(60_000), note: 'couloir est' });
    const started = await hall.ask('warden', 'POST', `${pathOf(made)}/start`);
    expect(started).toMatchObject({ status: 201, body: { kind: 'drill', origin: 'button' } });
    expect((await hall.ask('warden', 'POST', `${pathOf(made)}/start`)).status).toBe(404);
    expect(await incidents()).toHaveLength(1);
    const { id } = started.body as Incident;
    const log = (await hall.ask('viewer', 'GET', `/incidents/${id}/log`)).body as IncidentLine[];
    expect(log[0]?.data).toMatchObject({ drill: made.id, note: 'couloir est' });
    await hall.ask('fire-safety-officer', 'POST', `/incidents/${id}/end`, { reason: 'fini' });
    expect((await drills()).due).toMatchObject([
      { buildingId: 'town-hall', isOverdue: false },
      { buildingId: 'school', isOverdue: true },
    ]);
  });

  it('begins by itself where that was planned, but never within an incident', async () => {
    await hall.ask('warden', 'POST', '/buildings/town-hall/incidents', { kind: 'fire' });
    await plan('town-hall', { at: inMs(500), startsItself: true });
    await plan('school', { at: inMs(1000), startsItself: true });
    await until(async () =>
      expect(await incidents()).toMatchObject([
        { buildingId: 'school', kind: 'drill', origin: 'plan' },
        { buildingId: 'town-hall', kind: 'fire', sources: [{ kind: 'fire' }] },
      ]),
    );
    expect((await drills()).planned).toMatchObject([{ buildingId: 'town-hall', state: 'due' }]);
  });
});

describe('the mails about drills', () => {
  beforeEach(async () => {
    await hall.stop();
    await open(['securite@example.org', 'ecole@example.org']);
  });

  it('remind once of buildings that wait for one, also over a restart', async () => {
    await until(() => expect(letters).toHaveLength(2));
    expect(letters.map(({ recipient }) => recipient).sort()).toEqual([
      'ecole@example.org',
      'securite@example.org',
    ]);
    expect(letters[0]?.text).toContain('Hôtel de ville, aucun exercice connu');
    expect(letters[0]?.text).toContain('École');
    await hall.stop();
    await open(['securite@example.org']);
    for (const count of [3, 4]) {
      // Reminders are looked for after plans: at the second plan's mail a whole round without one has passed.
      await plan('school', { at: inMs(count * hourMs) });
      await until(() => expect(letters).toHaveLength(count));
    }
    expect(letters.map(({ kind }) => kind)).toEqual(['drills-due', 'drills-due', 'drill', 'drill']);
  });

  it('tell of a plan a day before, of its move and of its end', async () => {
    await until(() => expect(letters).toHaveLength(2));
    const far = await plan('town-hall', { at: inMs(72 * hourMs) });
    const made = await plan('school', { at: inMs(hourMs), note: 'couloir est' });
    await until(() => expect(letters).toHaveLength(4));
    expect(letters[3]).toMatchObject({ text: expect.stringContaining('couloir est') });
    await hall.ask('administrator', 'PUT', pathOf(made), { at: inMs(100 * hourMs) });
    await until(() => expect(letters).toHaveLength(6));
    for (const one of [far, made]) await hall.ask('administrator', 'DELETE', pathOf(one));
    expect(
      subjects()
        .slice(2)
        .map((text) => text?.split(' ').includes('annulé')),
    ).toEqual([false, false, false, false, true, true]);
    expect(subjects()[4]).toContain('déplacé');
    expect(new Set(letters.map(({ id }) => id)).size).toBe(letters.length);
  });
});
