import { chmod, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { InboxMail } from '@vigie/contracts/demo';
import type { Town } from '@vigie/contracts/town';
import type { App, Http, Log } from '@vigie/server';
import * as z from 'zod';
import { signIn } from '../http-client.ts';
import { openModelShelf, withDataFolder } from '../model-shelf.ts';
import { superviseWorker } from '../worker-process.ts';
import { createDemoMail, type DemoMail } from './mail.ts';
import { createParkingSimulation, type ParkingSimulation } from './parking.ts';
import { startTowing } from './towing.ts';
import { loadDemoTown, spareBollardId } from './town.ts';

/**
 * `port` undefined: 8080 where it is free. `webRoot`: folder of the pages, undefined: ours, built where that is
 * needed. `counting` false: no vision worker, every room stays unknown. `fps`: most looks a second at each camera, in
 * an alarm too. `say` gets one line at a time about what is being started.
 */
export interface DemoOptions {
  clips: readonly string[];
  dataDir?: string | undefined;
  port?: number | undefined;
  webRoot?: string | undefined;
  counting?: boolean | undefined;
  fps?: number | undefined;
  say(line: string): void;
}

export interface Login {
  username: string;
  password: string;
}

/** A running demo town. */
export interface Demo {
  url: string;
  mqttUrl: string;
  /** Removed at the end unless it was named. */
  dataDir: string;
  logins: { admin: Login; police: Login; fire: Login };
  spare: { id: string; key: string };
  town: Town;
  parking: ParkingSimulation;
  stop(): Promise<void>;
}

/** Parking seconds per real second: one day lasts 5 s. */
const rate = 17_280;
const seed = 2026;
const folderPrefix = 'vigie-demo-';
/** Longer than a demo needs from making its folder to locking it. */
const startMs = 60_000;
/** Spaces whose car is forgotten until black: one on the street, one in the long-stay park. */
const forgottenSpaces: readonly string[] = ['r-03', 'l-02'];

/**
 * Starts the whole town in a fresh folder, in order; what was started is stopped again when a later part fails.
 * @throws Error when the folder is not empty, or anything does not come up.
 */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const stops: (() => unknown)[] = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    return { ...(await startParts(options, (end) => void stops.push(end))), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type AddStop = (stop: () => unknown) => void;

async function startParts(options: DemoOptions, addStop: AddStop): Promise<Omit<Demo, 'stop'>> {
  const { clips, webRoot, say } = options;
  const town = slowed(await loadDemoTown(clips), options.fps);
  const { createLog, createScaledClock } = await import('@vigie/server');
  const log = createLog(process.env.VIGIE_LOG_LEVEL || 'warn');
  await removeLeftOvers(log);
  const dataDir = await freshFolder(options.dataDir, addStop);
  const clock = createScaledClock(rate);
  const mail = createDemoMail();
  await mail.start();
  addStop(mail.stop);

  say('Starting the server and its database …');
  const settings = await settingsOf(dataDir, mail.url(), options);
  const environment = await withDataFolder(dataDir, process.env);
  const app = await startServer({ settings, environment, clock, log, mail, webRoot, say });
  addStop(app.stop);
  const { bollardKeys } = await app.importTown(town);
  const keyOf = (id: string) => bollardKeys.find((entry) => entry.id === id)?.key ?? '';
  const logins = await makeLogins(app);

  if (options.counting !== false) {
    say('Starting the vision worker …');
    const credential = await app.workerCredential('demo');
    addStop(superviseWorker({ brokerUrl: app.mqttUrl, ...credential, environment, log }).stop);
  }

  const bollards = simulatedBollards(town, keyOf);
  const parking = createParkingSimulation({
    bollards,
    brokerUrl: app.mqttUrl,
    clock,
    seed,
    log,
  });
  await parking.start();
  addStop(parking.stop);
  const police = await signIn(app.url, logins.police);
  addStop(startTowing({ police, towAway: parking.towAway, log }).stop);
  const spare = { id: spareBollardId, key: keyOf(spareBollardId) };
  return { url: app.url, mqttUrl: app.mqttUrl, dataDir, logins, spare, town, parking };
}

function slowed(town: Town, fps = Number.POSITIVE_INFINITY): Town {
  const cameras = town.cameras.map((one) => ({ ...one, fps: Math.min(one.fps, fps) }));
  return { ...town, cameras };
}

/** A demo that was killed could not forget its folder and left its database running. */
async function removeLeftOvers(log: Log): Promise<void> {
  const { removeDataFolder, VigieError } = await import('@vigie/server');
  for (const name of await readdir(tmpdir())) {
    const folder = join(tmpdir(), name);
    if (!name.startsWith(folderPrefix) || !(await isLeftOver(folder))) continue;
    try {
      await removeDataFolder(folder, log);
    } catch (error) {
      // Taken: another demo runs on it. Another user's: not ours to remove.
      if (!(error instanceof VigieError || isNotAllowed(error))) throw error;
    }
  }
}

/** Another demo may have made the folder this moment and not have locked it yet, or have removed it since it was listed. */
async function isLeftOver(folder: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(folder)).birthtimeMs >= startMs;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

const isNotAllowed = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM');

async function freshFolder(given: string | undefined, addStop: AddStop): Promise<string> {
  if (given === undefined) {
    const made = await mkdtemp(join(tmpdir(), folderPrefix));
    addStop(() => rm(made, { recursive: true, force: true }));
    // As root, the database runs as another user, who must be able to come in.
    await chmod(made, 0o755);
    return made;
  }
  const folder = resolve(given);
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) {
    throw new Error(`${folder} is not empty. The demo needs a fresh folder: name another.`);
  }
  return folder;
}

/** Nothing of a real installation: no database, broker or mail server of the environment is touched. */
async function settingsOf(
  dataDir: string,
  smtpUrl: string,
  { port, fps }: DemoOptions,
): Promise<Record<string, string | undefined>> {
  const { VIGIE_HOST, VIGIE_PORT, VIGIE_MQTT_PORT, VIGIE_TOWN, VIGIE_TIME_ZONE } = process.env;
  return {
    VIGIE_DATA: dataDir,
    VIGIE_HOST: VIGIE_HOST || '127.0.0.1',
    VIGIE_PORT: `${port ?? (VIGIE_PORT || (await portIfFree(8080)))}`,
    VIGIE_MQTT_PORT: VIGIE_MQTT_PORT || '0',
    VIGIE_MAIL_FROM: 'Vigie <vigie@demo.invalid>',
    // Its passwords are printed and its town is thrown away.
    VIGIE_SECOND_FACTOR: 'nobody',
    SMTP_URL: smtpUrl,
    VIGIE_ALARM_FPS: fps?.toString(),
    VIGIE_TOWN,
    VIGIE_TIME_ZONE,
  };
}

/** The port, or 0 (any) when somebody has it. */
const portIfFree = (port: number): Promise<number> =>
  new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(0));
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(port)));
  });

async function startServer(input: {
  settings: Record<string, string | undefined>;
  environment: NodeJS.ProcessEnv;
  clock: { now(): Date; rate: number };
  log: Log;
  mail: DemoMail;
  webRoot: string | undefined;
  say(line: string): void;
}): Promise<App> {
  const { settings, clock, log, mail, say } = input;
  const [{ readConfig, startApp }, { ensureBuilt }] = await Promise.all([
    import('@vigie/server'),
    import('@vigie/web/build'),
  ]);
  const webRoot = input.webRoot ?? (await ensureBuilt(say));
  const extraRoutes = (http: Http) => inboxRoutes(http, mail);
  const config = readConfig(settings);
  const modelShelf = await openModelShelf(input.environment);
  const parkingClock = clock;
  return startApp({ config, log, webRoot, parkingClock, isDemo: true, modelShelf, extraRoutes });
}

/** A letter in its frame wears what stands in it, and does nothing: our pages may wear nothing that stands inline. */
const letterPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'";
/** What a mail program adds to a letter without a look of its own. */
const paper =
  '<style>body{margin:20px 24px;font:16px/1.5 system-ui,"Segoe UI",Arial,sans-serif;overflow-wrap:anywhere}</style>';

function inboxRoutes(http: Http, mail: DemoMail): void {
  http.get(
    '/api/v1/demo/inbox',
    {
      config: { access: 'messages.read' },
      schema: { response: { 200: z.array(InboxMail) } },
    },
    async () => mail.inbox(),
  );
  http.get(
    '/api/v1/demo/inbox/:id/letter',
    { config: { access: 'messages.read' }, schema: { params: z.object({ id: z.string() }) } },
    ({ params: { id } }, reply) =>
      reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', letterPolicy)
        .header('x-frame-options', 'SAMEORIGIN')
        .send(paper + (mail.inbox().find((one) => one.id === id)?.html ?? '')),
  );
}

async function makeLogins(app: App): Promise<Demo['logins']> {
  const { drawPassword } = await import('@vigie/server');
  if (!app.firstAdministrator) throw new Error('The data folder already has accounts.');
  const police = { username: 'police', password: drawPassword() };
  const fire = { username: 'pompier', password: drawPassword() };
  await app.createUser({ ...police, name: 'Agent de permanence', role: 'police-officer' });
  await app.createUser({ ...fire, name: 'Responsable incendie', role: 'fire-safety-officer' });
  return { admin: app.firstAdministrator, police, fire };
}

function simulatedBollards(town: Town, keyOf: (id: string) => string) {
  const allowedOf = (spaceId: string): number => {
    const space = town.spaces.find(({ id }) => id === spaceId);
    return town.zones.find(({ id }) => id === space?.zoneId)?.allowedDays ?? 1;
  };
  return town.bollards
    .filter(({ id }) => id !== spareBollardId)
    .map(({ id, spaceId }) => ({
      id,
      spaceId,
      key: keyOf(id),
      allowedDays: allowedOf(spaceId),
      role: forgottenSpaces.includes(spaceId) ? ('forgotten' as const) : ('regular' as const),
    }));
}
