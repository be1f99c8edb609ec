import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everywhere } from '@vigie/contracts/accounts';
import { PersonExport } from '@vigie/contracts/persons';
import { Town } from '@vigie/contracts/town';
import { type App, createLog, readConfig, startApp } from '@vigie/server';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { signIn } from './http-client.ts';
import { runCommand } from './testing/run-command.ts';

const password = 'Lanterne-verte9';
const reason = 'a quitté la mairie';
let folder: string;
let app: App;

// Each command is a process of its own.
vi.setConfig({ testTimeout: 120_000 });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-officer-'));
  await chmod(folder, 0o755);
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Vigie</title>');
  const config = readConfig({
    VIGIE_DATA: join(folder, 'data'),
    VIGIE_HOST: '127.0.0.1',
    VIGIE_PORT: '0',
    VIGIE_MQTT_PORT: '0',
    VIGIE_TOWN: 'Bobigny',
    VIGIE_SECOND_FACTOR: 'nobody',
    VIGIE_SMS_URL: 'https://sms.example/send?key=Pl4ntedKey',
  });
  app = await startApp({ config, log: createLog('silent'), webRoot: folder });
  await app.importTown(
    Town.parse({
      buildings: [{ id: 'hall', name: 'Hôtel de ville', cameraUse: 'incidents' }],
      rooms: [{ id: 'desk', buildingId: 'hall', name: 'Accueil' }],
      cameras: [{ id: 'c1', roomId: 'desk', name: 'Accueil', source: 'rtsp://192.0.2.1/one' }],
    }),
  );
  const people = { scope: everywhere, password };
  await app.createUser({ username: 'ada.l', name: 'Ada Lovelace', role: 'warden', ...people });
  await app.createUser({ username: 'vera', name: 'Vera Molnar', role: 'viewer', ...people });
  await signIn(app.url, { username: 'ada.l', password });
}, 120_000);
afterAll(async () => {
  await app?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** As the first administrator, unless somebody else is named. */
const run = (args: readonly string[], { user = 'admin' }: { user?: string } = {}) =>
  runCommand([...args, '--url', app.url, '--user', user], {
    environment: {
      VIGIE_TOKEN: '',
      VIGIE_PASSWORD: user === 'admin' ? (app.firstAdministrator?.password ?? '') : password,
    },
  });

/** Does to the log what its guard refuses, as the owner of the database can. */
async function tamper(sql: string): Promise<void> {
  const data = join(folder, 'data');
  const lines = (await readFile(join(data, 'postgres', 'postmaster.pid'), 'utf8')).split('\n');
  const client = new pg.Client({
    host: '127.0.0.1',
    port: Number(lines[3]),
    user: 'vigie',
    password: (await readFile(join(data, 'postgres.password'), 'utf8')).trim(),
    database: 'vigie',
  });
  await client.connect();
  await client.query(`ALTER TABLE audit_rows DISABLE TRIGGER USER; ${sql};
    ALTER TABLE audit_rows ENABLE TRIGGER USER`);
  await client.end();
}

/** With the settings of the server, on its machine. */
const renewKey = () =>
  runCommand(['renew-key'], { environment: { VIGIE_DATA: join(folder, 'data') } });

const headIn = (out: string): string => /^Head: ([0-9a-f]{64})$/m.exec(out)?.[1] ?? '';

describe('vigie privacy', () => {
  it.each([
    { document: 'dpia', title: /^# .*impact/im, set: 'ni comptage ni image hors incident' },
    {
      document: 'register',
      title: /^# .*registre/im,
      set: 'SMS remis à la passerelle sms.example',
    },
    { document: 'sign', title: /^# /, set: '## Hôtel de ville' },
  ])('prints the $document of this town, with its blanks', async ({ document, title, set }) => {
    const { code, out } = await run(['privacy', document]);
    expect(code).toBe(0);
    expect(out).toMatch(title);
    expect(out).toContain('Bobigny');
    expect(out).toContain(set);
    expect(out).not.toContain('Pl4ntedKey');
    expect(out).toContain('[À COMPLÉTER');
  });

  it('is refused to who may not read it, and to who asks for another document', async () => {
    const refused = await run(['privacy', 'dpia'], { user: 'vera' });
    expect([refused.code, refused.out]).toEqual([1, '']);
    expect(refused.err).toContain('audit.read');
    expect((await run(['privacy', 'poem'])).code).toBe(2);
  });
});

describe('vigie person', () => {
  it('finds what names somebody, and says when nothing does', async () => {
    const { code, out } = await run(['person', 'find', 'ada lovelace']);
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual(
      expect.arrayContaining(['Account ada.l (Ada Lovelace)', 'account: 1', 'sessions: 1']),
    );
    const nobody = await run(['person', 'find', 'grace.h']);
    expect([nobody.code, nobody.out]).toEqual([
      0,
      'No account.\nNothing here names this person.\n',
    ]);
  });

  it('writes everything into a file that only its owner reads, and over no other file', async () => {
    const file = join(folder, 'ada.json');
    expect((await run(['person', 'export', 'ada.l', file])).code).toBe(0);
    const written = await readFile(file, 'utf8');
    const { account, parts } = PersonExport.parse(JSON.parse(written));
    expect(account).toMatchObject({ username: 'ada.l', name: 'Ada Lovelace' });
    expect(parts.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['sessions', 'log']));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const again = await run(['person', 'export', 'ada.l', file]);
    expect([again.code, again.err]).toEqual([1, expect.stringContaining(file)]);
    expect(await readFile(file, 'utf8')).toBe(written);
  });

  it('erases only with a reason, then names nobody, and the log stays whole', async () => {
    expect((await run(['person', 'erase', 'ada.l'])).code).toBe(2);
    expect((await run(['person', 'erase', 'ada.l', '--reason', 'so'])).code).toBe(1);
    const stranger = await run(['person', 'erase', 'ada.l', '--reason', reason], { user: 'vera' });
    expect([stranger.code, stranger.err]).toEqual([1, expect.stringContaining('accounts.write')]);
    const { code, out } = await run(['person', 'erase', 'ada.l', '--reason', reason]);
    expect(code).toBe(0);
    expect(out).toMatch(/^account: 1$/m);
    expect(out).toMatch(/goes on under personne-[0-9a-f]+\.$/m);
    expect((await run(['person', 'find', 'ada.l'])).out).toContain('Nothing here names');
    expect((await run(['audit', 'verify'])).code).toBe(0);
  });
});

describe('vigie audit verify', () => {
  const journal = () => join(folder, 'journal.jsonl');

  it('prints a head that the log must hold later', async () => {
    const { code, out } = await run(['audit', 'verify']);
    expect([code, out]).toEqual([0, expect.stringContaining('Whole.')]);
    const head = headIn(out);
    expect(head).not.toBe('');
    await signIn(app.url, { username: 'vera', password });
    const later = await run(['audit', 'verify', '--head', head]);
    expect([later.code, headIn(later.out) === head]).toEqual([0, false]);
    const foreign = await run(['audit', 'verify', '--head', '0'.repeat(63).concat('1')]);
    expect(foreign.code).toBe(1);
    expect(foreign.out).toContain('the hash that was written down is not in the log');
    expect((await run(['audit', 'verify', '--head', 'abc'])).err).toContain('64 hex digits');
  });

  it('checks an export without the server, and names a row or a line that is wrong', async () => {
    const secret = app.firstAdministrator?.password ?? '';
    const client = await signIn(app.url, { username: 'admin', password: secret });
    const text = await client.getText('/api/v1/audit.jsonl');
    const check = async (content: string) => {
      await writeFile(journal(), content);
      return runCommand(['audit', 'verify', '--file', journal(), '--url', 'http://127.0.0.1:9']);
    };
    expect((await check(text)).code).toBe(0);
    const lines = text.trimEnd().split('\n');
    const altered = await check(
      lines.with(2, lines[2]?.replace('"act":"', '"act":"signed-out","was":"') ?? '').join('\n'),
    );
    expect([altered.code, altered.out]).toEqual([1, expect.stringContaining('Row 3 was altered.')]);
    const moved = [
      ...lines.slice(0, 1),
      ...lines.slice(2, 3),
      ...lines.slice(1, 2),
      ...lines.slice(3),
    ];
    const outOfOrder = await check(moved.join('\n'));
    expect([outOfOrder.code, outOfOrder.out]).toEqual([1, expect.stringContaining('Row 3')]);
    const torn = await check(`${lines[0]}\n{"seq":`);
    expect([torn.code, torn.err]).toEqual([1, expect.stringContaining('line 2: no row')]);
  });

  it('names the row that the owner of the database changed, and the gap where he removed one', async () => {
    await tamper(`UPDATE audit_rows SET actor = 'account:other' WHERE seq = 2;
      DELETE FROM audit_rows WHERE seq = 4`);
    const { code, out, err } = await run(['audit', 'verify']);
    expect([code, err]).toEqual([1, expect.stringContaining('not as it was written')]);
    expect(out).toContain('Row 2 was altered.');
    expect(out).toContain('rows are missing (4 to 4)');
  });
});

describe('vigie devices', () => {
  it('draws the key of a worker and of a panel, lists them and ends them', async () => {
    const { out } = await runCommand(['devices', 'draw-key', 'worker', 'w2', '--url', app.url], {
      environment: {
        VIGIE_TOKEN: '',
        VIGIE_PASSWORD: app.firstAdministrator?.password ?? '',
        VIGIE_DATA: join(folder, 'data'),
      },
    });
    expect(out).toMatch(/^VIGIE_WORKER_KEY=[a-z2-9]{32}$/m);
    expect(out).toMatch(/^VIGIE_SEAL_KEY=[A-Za-z0-9+/]{43}=$/m);
    const panel = await run(['devices', 'draw-key', 'panel', 'hall']);
    expect(panel.out).toContain('panel:hall');
    expect(panel.out).toContain('Topic: vigie/buildings/hall/alarm');
    expect((await run(['devices', 'keys'])).out).toMatch(/^panel:hall {2}drawn .*\nworker:w2 /);
    expect((await run(['devices', 'end-key', 'worker', 'w2'])).code).toBe(0);
    const again = await run(['devices', 'end-key', 'worker', 'w2']);
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('worker:w2 has no key')]);
  });
});

describe('vigie renew-key', () => {
  it('waits until nobody uses the key, and then says what is to be done', async () => {
    const early = await renewKey();
    expect([early.code, early.out]).toEqual([1, '']);
    expect(early.err).toMatch(/already runs on .*Stop it/);
    await app.stop();
    const { code, out } = await renewKey();
    expect(code).toBe(0);
    expect(out).toMatch(/^ +1 {2}addresses of cameras in rooms$/m);
    expect(out).toContain(`The new key is in ${join(folder, 'data', 'secret.key')}`);
    expect(out).toMatch(/VIGIE_SEAL_KEY=[A-Za-z0-9+/]{43}=$/m);
    expect(out).toContain('no VIGIE_WEBHOOK_SECRET is set');
    expect(out).not.toContain('another server');
  });
});
