import { everywhere, type Role } from '@vigie/contracts/accounts';
import type { Problem } from '@vigie/contracts/errors';
import { defaultKeeping, type Keeping } from '@vigie/contracts/keeping';
import { Deletion, Retention, RetentionKind } from '@vigie/contracts/retention';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accountsOldData } from '../accounts/index.ts';
import { createAudit } from '../audit/index.ts';
import { evacuationOldData } from '../evacuation/index.ts';
import { notificationsOldData } from '../notifications/index.ts';
import { parkingOldData } from '../parking/index.ts';
import { createHttp, type Http } from '../platform/http.ts';
import type { OldData } from '../platform/old-data.ts';
import { openTestDatabase } from '../testing/database.ts';
import { silentLog } from '../testing/log.ts';
import { retentionRoutes } from './retention.routes.ts';
import { createRetentionService } from './retention.service.ts';
import { createRetentionStore } from './retention.store.ts';

const kinds = [
  ...evacuationOldData,
  ...parkingOldData,
  ...notificationsOldData,
  ...accountsOldData,
];
const auditKind = () => audit().oldData;
const now = new Date('2030-01-01T00:00:00.000Z');
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString();
const week: Keeping = Object.fromEntries(
  Object.keys(defaultKeeping).map((kind) => [kind, 7]),
) as Keeping;

let database: Awaited<ReturnType<typeof openTestDatabase>>;
const audit = () =>
  createAudit({ db: database.db, clock: { now: () => now, rate: 1 }, log: silentLog });
const rows = async (sql: string) => (await database.pool.query(sql)).rows;
const open = (keeping: Keeping = week, all: readonly OldData[] = [...kinds, ...auditKind()]) =>
  createRetentionService({
    store: createRetentionStore(database.db),
    kinds: all,
    audit: audit(),
    keeping,
    clock: { now: () => now, rate: 1 },
    log: silentLog,
  });

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.stop());
beforeEach(async () => {
  await database.pool.query(`
    TRUNCATE deletions, buildings, rooms, cameras, known_empties, incidents, incident_rooms, incident_log,
      incident_findings, audit_rows, board_links, cap_messages, camera_views, occupancy_events, stays, cases, case_steps, messages, users, sessions CASCADE;
    INSERT INTO buildings (id, name, address) VALUES ('b', 'Mairie', '');
    INSERT INTO rooms (id, building_id, name) VALUES ('r', 'b', 'Hall');
    INSERT INTO incidents (id, building_id, building_name, kind, origin, started_by, started_at, ended_at, sources) VALUES
      ('old', 'b', 'Mairie', 'drill', 'button', 'ada', '${ago(9)}', '${ago(8)}', '[]'),
      ('late', 'b', 'Mairie', 'drill', 'button', 'ada', '${ago(9)}', '${ago(6)}', '[]'),
      ('active', 'b', 'Mairie', 'fire', 'button', 'ada', '${ago(99)}', null, '[]');
    INSERT INTO incident_log (incident_id, at, actor, what, data, entry_id)
      SELECT id, '${ago(9)}', 'ada', 'started', '{}', gen_random_uuid() FROM incidents;
    INSERT INTO incident_findings (incident_id, id, finding) SELECT id, 'f', '{}' FROM incidents;
    INSERT INTO board_links (id, incident_id, token_digest, drawn_by, drawn_at, expires_at)
      SELECT id, id, id, 'ada', '${ago(9)}', '${ago(8)}' FROM incidents;
    INSERT INTO known_empties (room_id, at, declared_by) VALUES
      ('r', '${ago(20)}', 'ada'), ('r', '${ago(10)}', 'ada');
    INSERT INTO stays (id, space_id, since, until, gaps, is_arrival_inferred) VALUES
      ('gone', 's', '${ago(40)}', '${ago(30)}', '[]', false),
      ('told', 's', '${ago(30)}', '${ago(29)}', '[]', false),
      ('open', 's', '${ago(20)}', null, '[]', false);
    INSERT INTO occupancy_events
      (space_id, device_id, key, kind, device_at, received_at, at, time_flag) VALUES
      ('s', 'd', '1', 'occupancy', '${ago(40)}', '${ago(40)}', '${ago(40)}', 'ok'),
      ('s', 'd', '2', 'occupancy', '${ago(20)}', '${ago(20)}', '${ago(20)}', 'ok');
    INSERT INTO cases (id, stay_id, space_id, since, opened_at, status) VALUES
      ('c1', 'told', 's', '${ago(30)}', '${ago(29)}', 'open'),
      ('c2', 'other', 's', '${ago(30)}', '${ago(29)}', 'closed');
    INSERT INTO case_steps (case_id, status, at, actor, reason) VALUES ('c2', 'closed', '${ago(29)}', 'ada', 'x');
    INSERT INTO messages (id, kind, recipient, subject, text, html, status, created_at) VALUES
      ('m1', 'opened', 'a@b', '', '', '', 'sent', '${ago(8)}'), ('m2', 'opened', 'a@b', '', '', '', 'sent', '${ago(1)}');
  `);
});

describe('old data', () => {
  it('is named for every kind there is', () => {
    expect([...kinds, ...auditKind()].map(({ kind }) => kind).toSorted()).toEqual(
      RetentionKind.options.toSorted(),
    );
  });

  it('is counted without being deleted', async () => {
    const { rules } = await open().look();
    const found = Object.fromEntries(rules.map(({ kind, rows: count }) => [kind, count]));
    const expected = {
      incidents: 1,
      'camera-views': 0,
      'known-empties': 1,
      'parking-events': 1,
      cases: 1,
      stays: 1,
      messages: 1,
      'sign-ins': 0,
      audit: 0,
    };
    expect(found).toEqual(expected);
    expect(await rows('SELECT id FROM incidents')).toHaveLength(3);
  });

  it('goes, and each deletion is logged; what goes on, or is still needed, stays', async () => {
    const done = await open().run();
    expect(done).toContainEqual({
      at: now.toISOString(),
      kind: 'messages',
      until: ago(7),
      rows: 1,
    });
    expect(await rows('SELECT id FROM incidents ORDER BY id')).toEqual([
      { id: 'active' },
      { id: 'late' },
    ]);
    for (const table of ['incident_log', 'incident_findings', 'board_links'])
      expect(await rows(`SELECT incident_id FROM ${table}`)).toHaveLength(2);
    expect(await rows('SELECT at FROM known_empties')).toEqual([{ at: new Date(ago(10)) }]);
    expect(await rows('SELECT key FROM occupancy_events')).toEqual([{ key: '2' }]);
    expect(await rows('SELECT id FROM cases')).toEqual([{ id: 'c1' }]);
    expect(await rows('SELECT id FROM stays ORDER BY id')).toEqual([
      { id: 'open' },
      { id: 'told' },
    ]);
    expect(await rows('SELECT id FROM messages')).toEqual([{ id: 'm2' }]);
    const { deletions } = await open().look();
    expect(deletions.map(({ kind }) => kind).toSorted()).toEqual([
      'cases',
      'incidents',
      'known-empties',
      'messages',
      'parking-events',
      'stays',
    ]);
    const { rules } = await open().look();
    const proofs = rules.map(({ kind, rows: due, lastDeletion }) => [
      kind,
      due,
      lastDeletion?.rows,
    ]);
    expect(proofs).toContainEqual(['incidents', 0, 1]);
    expect(proofs).toContainEqual(['sign-ins', 0, undefined]);
    expect(await open().run()).toEqual([]);
    const onRecord = await rows("SELECT act, subject, details ->> 'rows' AS n FROM audit_rows");
    expect(onRecord).toHaveLength(6);
    expect(onRecord).toContainEqual({ act: 'data-deleted', subject: 'messages', n: '1' });
  });

  it('that is kept for ever stays', async () => {
    await open({ ...week, messages: 0 }).run();
    expect(await rows('SELECT id FROM messages')).toHaveLength(2);
  });

  it('of one kind that cannot be deleted does not keep the others', async () => {
    const broken: OldData = {
      kind: 'cases',
      count: async () => 1,
      remove: () => Promise.reject(new Error('locked')),
    };
    await expect(open(week, [broken, ...notificationsOldData]).run()).rejects.toThrow('locked');
    expect(await rows('SELECT id FROM messages')).toEqual([{ id: 'm2' }]);
  });
});

describe('the routes', () => {
  let http: Http;
  const openRoutes = async (all?: readonly OldData[]) => {
    http = await createHttp({
      log: silentLog,
      identify: async ({ headers: { 'x-role': role } }) =>
        role
          ? { id: '1', username: 'ada', name: 'Ada', role: role as Role, scope: everywhere }
          : undefined,
      locate: async () => undefined,
    });
    retentionRoutes(http, open(week, all));
  };
  const ask = (role: Role | undefined, method: 'GET' | 'POST', path: string) =>
    http.inject({ method, url: `/api/v1/${path}`, headers: role ? { 'x-role': role } : {} });
  const look = async () =>
    Retention.parse((await ask('data-protection-officer', 'GET', 'retention')).json());

  beforeEach(async () => {
    await openRoutes();
    return () => http.close();
  });

  it('say what would go, which stays until it is deleted, and then what went', async () => {
    const before = await look();
    const due = before.rules.filter(({ rows: count }) => count > 0).map(({ kind }) => kind);
    expect(due).toContain('incidents');
    expect(before.deletions).toEqual([]);
    expect(await look()).toEqual(before);
    const run = await ask('administrator', 'POST', 'retention/runs');
    expect(run.statusCode).toBe(200);
    const done = Deletion.array().parse(run.json());
    expect(done.map(({ kind }) => kind).toSorted()).toEqual(due.toSorted());
    const after = await look();
    expect(after.rules.every(({ rows: count }) => count === 0)).toBe(true);
    expect(after.deletions).toHaveLength(done.length);
    expect((await ask('administrator', 'POST', 'retention/runs')).json()).toEqual([]);
  });

  it.each<[Role | undefined, number, number]>([
    [undefined, 401, 401],
    ['viewer', 403, 403],
    ['fire-safety-officer', 403, 403],
    ['data-protection-officer', 200, 403],
  ])('let %s look with %i and delete with %i', async (role, looked, deleted) => {
    expect((await ask(role, 'GET', 'retention')).statusCode).toBe(looked);
    expect((await ask(role, 'POST', 'retention/runs')).statusCode).toBe(deleted);
    expect(await rows('SELECT id FROM incidents')).toHaveLength(3);
  });

  it('say that a kind could not be deleted, and that the others went is in the log', async () => {
    await http.close();
    const broken: OldData = {
      kind: 'messages',
      count: async () => 0,
      remove: () => Promise.reject(new Error('it is locked')),
    };
    await openRoutes([broken, ...kinds.filter(({ kind }) => kind === 'stays')]);
    const run = await ask('administrator', 'POST', 'retention/runs');
    expect([run.statusCode, run.json<Problem>().code]).toEqual([500, 'platform/bug']);
    expect((await look()).deletions.map(({ kind }) => kind)).toEqual(['stays']);
  });
});
