import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAccounts } from '../accounts/accounts-person.store.ts';
import { accountsPersonData } from '../accounts/index.ts';
import { evacuationPersonData } from '../evacuation/index.ts';
import { notificationsPersonData } from '../notifications/index.ts';
import { parkingPersonData } from '../parking/index.ts';
import { systemClock } from '../platform/clock.ts';
import { digestOf } from '../platform/secrets.ts';
import { openTestDatabase } from '../testing/database.ts';
import { silentLog } from '../testing/log.ts';
import { createAuditService } from './audit.service.ts';
import { createAuditStore } from './audit.store.ts';
import { createAudit } from './index.ts';
import { createPersonsService } from './persons.service.ts';

let database: Awaited<ReturnType<typeof openTestDatabase>>;
const log = () => createAudit({ db: database.db, clock: systemClock, log: silentLog });
const persons = (newPseudonym = () => 'personne-1') =>
  createPersonsService({
    db: database.db,
    audit: log(),
    parts: [
      ...evacuationPersonData,
      ...parkingPersonData,
      ...notificationsPersonData,
      ...accountsPersonData((name) => `digest of ${name}`),
    ],
    accounts: { find: findAccounts, requireAdministrators: async () => {} },
    clock: systemClock,
    newPseudonym,
  });
const officer = { id: 'account:dpo', name: 'dpo' };
const at = '2026-11-01T08:00:00.000Z';

/** Everything that the database holds, as text. */
async function dump(): Promise<string> {
  const { rows } = await database.pool.query(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
  );
  const texts = await Promise.all(
    rows.map(async ({ name }) => {
      const all = await database.pool.query(`SELECT to_jsonb(t) AS row FROM "${name}" t`);
      return JSON.stringify(all.rows);
    }),
  );
  return texts.join('\n');
}

beforeAll(async () => {
  database = await openTestDatabase();
  const started = log();
  await started.start();
  await started.stop();
  await database.pool.query(`
    INSERT INTO users (id, username, name, email, role) VALUES
      ('u1', 'ada.l', 'Ada Lovelace', 'ada.l@users.invalid', 'warden'),
      ('u2', 'bob', 'Bob Noyce', 'bob@users.invalid', 'warden'),
      ('u3', 'jean.a', 'Jean Martin', 'jean.a@users.invalid', 'viewer'),
      ('u4', 'jean.b', 'Jean Martin', 'jean.b@users.invalid', 'viewer');
    UPDATE users SET provider_email = 'b.noyce@ville.example' WHERE id = 'u2';
    INSERT INTO sessions (id, user_id, token, expires_at, ip_address) VALUES ('s1', 'u1', 'secret-token', '${at}', '192.0.2.9');
    INSERT INTO auth_accounts (id, user_id, account_id, provider_id, password) VALUES ('a1', 'u1', 'u1', 'credential', 'secret-hash');
    INSERT INTO passkeys (id, user_id, name, credential_id, public_key, counter, transports, created_at) VALUES
      ('p1', 'u1', 'Clé bleue', 'secret-credential', 'secret-key', 0, '{}', '${at}');
    INSERT INTO sign_in_attempts (account, address, at) VALUES ('digest of ada.l', '192.0.2.9', '${at}');
    INSERT INTO api_tokens (id, name, digest, permissions, created_by, created_at, expires_at) VALUES
      ('t1', 'x', 'secret-digest', '{}', 'ada.l', '${at}', '${at}');
    INSERT INTO buildings (id, name, address) VALUES ('b', 'Mairie', '');
    INSERT INTO rooms (id, building_id, name) VALUES ('r', 'b', 'Hall');
    INSERT INTO wardens (id, building_id, name, role, username, phone, floors, rooms) VALUES
      ('w1', 'b', 'Ada Lovelace', 'guide', 'ada.l', '', '[]', '[]'), ('w2', 'b', 'Bob Noyce', 'guide', 'bob', '', '[]', '[]');
    INSERT INTO planned_drills (id, building_id, at, starts_itself, note, planned_by, revision) VALUES
      (gen_random_uuid(), 'b', '${at}', false, '', 'ada.l', 1);
    INSERT INTO known_empties (room_id, at, declared_by) VALUES ('r', '${at}', 'ada.l');
    INSERT INTO camera_views (id, camera_id, username, mode, reason, started_at) VALUES
      ('v1', 'c', 'ada.l', 'clear', 'Lovelace cherche son sac', '${at}'), ('v2', 'c', 'bob', 'clear', 'bagarre', '${at}');
    INSERT INTO incidents (id, building_id, building_name, kind, origin, started_by, started_at, ended_at, ended_by, sources) VALUES
      ('i', 'b', 'Mairie', 'drill', 'button', 'ada.l', '${at}', '${at}', 'bob', '[{"name":"ada.l","origin":"button"}]');
    INSERT INTO incident_log (incident_id, at, actor, what, data, entry_id) VALUES
      ('i', '${at}', 'bob', 'swept', '{"by":"ada.l","note":"ada.lo"}', gen_random_uuid());
    INSERT INTO incident_findings (incident_id, id, finding) VALUES ('i', 'f', '{"by":"ada.l"}');
    INSERT INTO cases (id, stay_id, space_id, since, opened_at, status) VALUES
      ('c1', 's', 'p', '${at}', '${at}', 'closed');
    INSERT INTO case_steps (case_id, status, at, actor, reason) VALUES
      ('c1', 'sent', '${at}', 'system', 'mail:Ada@example.org'), ('c1', 'closed', '${at}', 'ada.l', 'x');
    INSERT INTO messages (id, kind, recipient, recipient_name, subject, text, html, status, created_at) VALUES
      ('m1', 'opened', 'ada@example.org', 'Ada', '', '', '', 'sent', '${at}');
    INSERT INTO zones (id) VALUES ('z');
    INSERT INTO spaces (id, zone_id, label, address) VALUES ('p', 'z', 'P', '');
    INSERT INTO exemptions (id, space_id, "from", until, reason, by) VALUES ('e1', 'p', '${at}', '${at}', 'x', 'ada.l');
    INSERT INTO board_links (id, incident_id, token_digest, drawn_by, drawn_at, expires_at) VALUES
      ('l', 'i', 'digest', 'ada.l', '${at}', '${at}');
    INSERT INTO directory_groups (version, groups, changed_by, changed_at) VALUES (1, '[]', 'ada.l', '${at}');
    INSERT INTO zone_rules (zone_id, applies_from, rules, changed_by, changed_at) VALUES
      ('z', '${at}', '{"recipients":["police@example.org"]}', 'ada.l', '${at}');
  `);
  const ada = { id: 'account:u1', name: 'ada.l', address: '192.0.2.9' };
  await log().write({ actor: ada, act: 'signed-in' });
  const about = { subject: 'account:u1', told: { subjectName: 'ada.l' } };
  await log().write({ actor: officer, act: 'account-changed', ...about });
});
afterAll(() => database?.stop());

describe('a person', () => {
  it('is found in everything that names him, by user name, whole name or address', async () => {
    const { account, parts } = await persons().search('ADA.L');
    expect(account).toEqual({ id: 'u1', username: 'ada.l', name: 'Ada Lovelace' });
    expect(Object.fromEntries(parts.map(({ kind, rows }) => [kind, rows]))).toEqual({
      account: 1,
      sessions: 1,
      passkeys: 1,
      'sign-in-attempts': 1,
      'tokens-made': 1,
      log: 2,
      'camera-views': 1,
      'known-empties': 1,
      incidents: 5,
      'directory-groups': 1,
      wardens: 1,
      'case-steps': 1,
      exemptions: 1,
      'zone-rules': 1,
    });
    expect(await persons().search('ada lovelace')).toEqual({ account, parts });
    const byMail = await persons().search('ada@example.org');
    expect(byMail.account).toBeNull();
    expect(byMail.parts.toSorted((a, b) => a.kind.localeCompare(b.kind))).toEqual([
      { kind: 'case-steps', rows: 1 },
      { kind: 'messages', rows: 1 },
    ]);
    const invited = await persons().search('B.Noyce@ville.example');
    expect(invited.account).toMatchObject({ username: 'bob' });
    expect(await persons().search('nobody')).toEqual({ account: null, parts: [] });
    await expect(persons().search('Jean Martin')).rejects.toThrow('jean.a, jean.b');
  });

  it('gets everything, without passwords and keys, and that is on record', async () => {
    const text = JSON.stringify(await persons().exportAll('ada.l', officer));
    expect(text).toContain('Lovelace cherche son sac');
    expect(text).toContain('192.0.2.9');
    expect(text).not.toMatch(/secret-(token|hash|digest|credential|key)/);
    const { rows } = await database.pool.query(
      `SELECT actor, subject FROM audit_rows WHERE act = 'person-exported'`,
    );
    expect(rows).toEqual([{ actor: 'account:dpo', subject: 'account:u1' }]);
    await expect(persons().exportAll('nobody', officer)).rejects.toThrow('Nothing here names');
  });

  it('who is told about cases stays in the rules of the zone, and the answer says so', async () => {
    const wish = { who: 'police@example.org', reason: 'adresse fermée' };
    expect(await persons().erase(wish, officer)).toMatchObject({ parts: [], left: ['zone-rules'] });
  });

  it('is erased everywhere, others stay, and the log is still whole', async () => {
    const wish = { who: 'ada.l', reason: 'a quitté la mairie' };
    const { parts } = await persons().erase(wish, officer);
    expect(parts).toContainEqual({ kind: 'account', rows: 1 });
    await persons().erase({ who: 'ada@example.org', reason: 'a quitté la mairie' }, officer);
    const left = await dump();
    expect(left).not.toMatch(/ada\.l"|Lovelace|192\.0\.2\.9|ada@example|secret-(token|hash)/i);
    expect(left).toContain('ada.lo');
    expect(left).toContain('bagarre');
    expect(left).toContain('Bob Noyce');
    expect(left.match(/personne-1/g)?.length).toBeGreaterThan(5);
    const whole = await database.pool.query(`SELECT count(*)::int AS n FROM incident_log`);
    expect(whole.rows).toEqual([{ n: 1 }]);
  });

  it('who was refused at the door is found and erased in the log, which stays whole', async () => {
    const actor = { id: 'nobody', address: '192.0.2.77' };
    const told = { subjectName: 'Grace@elsewhere.example' };
    await log().write({ actor, act: 'sign-in-refused', told });
    const who = 'grace@elsewhere.example';
    const found = { account: null, parts: [{ kind: 'log', rows: 1 }] };
    expect(await persons().search(who)).toEqual(found);
    const erased = await persons().erase({ who, reason: 'une demande' }, officer);
    expect(erased.parts).toEqual(found.parts);
    expect(await dump()).not.toMatch(/grace@elsewhere/i);
    await expect(persons().erase({ who, reason: 'une demande' }, officer)).rejects.toThrow(
      'Nothing here names',
    );
    const { faults } = await createAuditService({
      store: createAuditStore(database.db),
      clock: systemClock,
      digest: digestOf,
      newSalt: () => 'salt',
      log: silentLog,
    }).verify();
    expect(faults).toEqual([]);
  });

  it('is erased whole or not at all', async () => {
    const broken = persons(() => {
      throw new Error('no pseudonym');
    });
    const before = await dump();
    await expect(broken.erase({ who: 'bob', reason: 'une demande' }, officer)).rejects.toThrow();
    expect(await dump()).toBe(before);
  });

  it('is looked for in every column that names somebody; the account goes whole', async () => {
    const { rows } = await database.pool.query(
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND table_name <> 'users' AND column_name ~ '(^|_)(by|actor|username|recipient|recipient_name|phone|email)$'
       ORDER BY 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual([
      'api_tokens.created_by',
      'audit_rows.actor',
      'board_links.drawn_by',
      // A bollard.
      'bollards.replaced_by',
      'camera_views.username',
      'case_steps.actor',
      'directory_groups.changed_by',
      'exemptions.by',
      'incident_log.actor',
      'incidents.ended_by',
      'incidents.started_by',
      'known_empties.declared_by',
      'messages.recipient',
      'messages.recipient_name',
      'planned_drills.closed_by',
      'planned_drills.planned_by',
      'wardens.phone',
      'wardens.username',
      'zone_rules.changed_by',
    ]);
  });
});
