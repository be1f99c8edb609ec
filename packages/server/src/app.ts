import type { Server as TlsServer } from 'node:tls';
import { addressBlocksIn } from '@vigie/contracts/addresses';
import { Id } from '@vigie/contracts/ids';
import { defaultKeeping, keepingFrom } from '@vigie/contracts/keeping';
import type { Town } from '@vigie/contracts/town';
import { createWebSocketStream } from 'ws';
import {
  type Accounts,
  accountsOldData,
  createAccounts,
  providerSettingsFrom,
} from './accounts/index.ts';
import { createAudit, createPersons, privacyRoutes } from './audit/index.ts';
import { createDevices, createTtsStorage, type Devices, type TicketDesk } from './devices/index.ts';
import { createDirectory } from './directory/index.ts';
import { createEvacuation, evacuationOldData, evacuationPersonData } from './evacuation/index.ts';
import { createExports } from './exports/index.ts';
import { createModels, type ModelShelf } from './models/index.ts';
import {
  createNotifications,
  notificationsOldData,
  notificationsPersonData,
} from './notifications/index.ts';
import { createParking, parkingOldData, parkingPersonData } from './parking/index.ts';
import type { Bus } from './platform/bus.ts';
import { createCameraAddresses } from './platform/camera-address.ts';
import { type Clock, systemClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { freeBytes } from './platform/disk.driver.ts';
import { createEmbeddedBroker, type EmbeddedBroker } from './platform/embedded-broker.driver.ts';
import { createEventBus } from './platform/events.ts';
import { createHttp, type Http, type Locate } from './platform/http.ts';
import { createStops, openInstallation, type Stops } from './platform/installation.ts';
import { createJobs } from './platform/jobs.ts';
import { freePort, portError } from './platform/listen.ts';
import { liveRoutes } from './platform/live.routes.ts';
import type { Log } from './platform/log.ts';
import { createMqttBus } from './platform/mqtt-bus.driver.ts';
import { createOutgoing, type Outgoing } from './platform/outgoing.driver.ts';
import { pagesRoutes } from './platform/pages.routes.ts';
import { createSealedAddresses } from './platform/sealed-addresses.ts';
import { textKeyOf, workersKeyOf } from './platform/secrets.ts';
import { systemRoutes } from './platform/system.routes.ts';
import { openServerTls, readBrokerTls, type ServerTls } from './platform/tls-files.driver.ts';
import { createPrivacyFacts } from './privacy-facts.ts';
import { createRetention } from './retention/index.ts';
import { createSetup } from './setup/index.ts';
import { createTownExport, createTownImport, type ImportResult, townRoutes } from './town.ts';

/** What a server is made of besides its configuration. */
export interface AppOptions {
  config: Config;
  log: Log;
  /** Folder of the built browser side. */
  webRoot: string;
  /** The clock that parking runs on; the demo's is fast. */
  parkingClock?: Clock;
  /** The clock that people live by: reminders and quiet hours; real time unless a test turns it. */
  peopleClock?: Clock;
  isDemo?: boolean;
  /** Where faults of devices become tickets; unset: they are listed. */
  ticketDesk?: TicketDesk;
  /** The model folders of this machine; unset: administrators bring weights by hand. */
  modelShelf?: ModelShelf;
  /** Further routes, e.g. the demo's inbox. */
  extraRoutes?: (http: Http) => void;
}

/** A running server. */
export interface App {
  /** Address for people. */
  url: string;
  /** Address of the bus for devices and workers of this machine, without credentials. */
  mqttUrl: string;
  /** Where devices elsewhere reach the embedded broker over TLS; `undefined`: nowhere. */
  mqttTlsPort: number | undefined;
  /** Set when this start made the first administrator. */
  firstAdministrator: { username: string; password: string } | undefined;
  createUser: Accounts['createUser'];
  importTown(town: Town): Promise<ImportResult>;
  /** Makes the credential of a vision worker and gives what it needs to start. */
  workerCredential(id: string): Promise<{ id: string; key: string; sealKey: string }>;
  giveCredential: Devices['giveCredential'];
  /** Stops everything in order; what was acknowledged is kept. */
  stop(): Promise<void>;
}

/**
 * Builds and starts everything, in order; it and `renew-key.ts` are the only places that know all features.
 * @throws Conflict when the data folder or a port is taken; Unavailable when database or broker do not come up.
 */
export async function startApp(options: AppOptions): Promise<App> {
  const stops = createStops(options.log);
  try {
    return await startParts(options, stops);
  } catch (error) {
    await stops.run();
    throw error;
  }
}

async function startParts(options: AppOptions, stops: Stops): Promise<App> {
  const { config, log, webRoot, isDemo = false } = options;
  const { parkingClock = systemClock, peopleClock = systemClock } = options;
  const tls = await openTls(config, log, stops);
  const { db, databaseUrl, secrets } = await openInstallation(config, log, stops);

  const port = config.VIGIE_PORT || (await freePort());
  const ownUrl = `${tls ? 'https' : 'http'}://localhost:${port}`;
  const publicUrl = (config.VIGIE_PUBLIC_URL ?? ownUrl).replace(/\/$/, '');
  const place = { town: config.VIGIE_TOWN, timeZone: config.VIGIE_TIME_ZONE };
  const events = createEventBus();
  const jobs = createJobs(databaseUrl, log);
  const audit = createAudit({
    db,
    clock: systemClock,
    log,
    mails: {
      addresses: config.VIGIE_AUDIT_MAIL ?? [],
      town: config.VIGIE_TOWN,
      queue: (letter, tx) => notifications.queue(letter, tx),
    },
  });
  const outgoing = createOutgoing(addressBlocksIn(config.VIGIE_OUTGOING_ALLOW ?? '') ?? []);
  const { bus, broker } = await createBus(config, {
    log,
    tls,
    identify: (username, password) => devices.identify(username, password),
  });
  const workersKey = workersKeyOf(secrets);
  const addresses = createCameraAddresses(
    workersKey,
    addressBlocksIn(config.VIGIE_CAMERA_ALLOW ?? ''),
  );
  const sealedAddresses = createSealedAddresses(secrets.keyFor('recipients'));
  const devices: Devices = createDevices({
    db,
    bus,
    networks: networksOf(config, log, outgoing),
    jobs,
    clock: parkingClock,
    realClock: systemClock,
    log,
    addresses,
    listRoomCameraIds: (tx) => evacuation.listCameraIds(tx),
    desk: options.ticketDesk,
    disconnect: (kind, id) => broker?.disconnect(kind, id),
    requireBuilding: (id) => evacuation.requireBuilding(id),
    requireSpaces: (ids, tx) => parking.requireSpaces(ids, tx),
    listPlaces: (ids, tx) => parking.listPlaces(ids, tx),
    publicUrl,
    showAgain: (spaceIds) => parking.showAgain(spaceIds),
    take: (signal) => parking.take(signal),
  });
  const notifications = createNotifications({
    db,
    jobs,
    bus,
    events,
    clock: peopleClock,
    log,
    settings: config,
    addresses: sealedAddresses,
    outgoing,
    publicUrl,
  });
  const parking = createParking({
    db,
    events,
    clock: parkingClock,
    peopleClock,
    log,
    devices,
    outbox: notifications,
    addresses: sealedAddresses,
    mustBeAllowed: outgoing.mustBeAllowed,
    publicUrl,
    timeZone: config.VIGIE_TIME_ZONE,
  });
  const webhookSecret = config.VIGIE_WEBHOOK_SECRET ?? textKeyOf(secrets, 'alarm webhooks');
  const evacuation = createEvacuation({
    db,
    audit,
    bus,
    events,
    clock: systemClock,
    log,
    isParkingCamera: devices.isParkingCamera,
    listParkingCameras: devices.listParkingCameras,
    addresses,
    webhookSecret,
    ...place,
    publicUrl,
    cap: {
      sender: config.VIGIE_CAP_SENDER,
      url: config.VIGIE_CAP_URL,
      ask: config.VIGIE_CAP_URL ? outgoing.askAsSet(config.VIGIE_CAP_URL) : outgoing.ask,
    },
    dataFolder: config.VIGIE_DATA,
    alarmFps: config.VIGIE_ALARM_FPS,
    drills: {
      months: config.VIGIE_DRILL_MONTHS,
      addresses: config.VIGIE_DRILL_MAIL ?? [],
      queue: notifications.queue,
    },
  });
  const models = createModels({
    audit,
    bus,
    clock: systemClock,
    log,
    shelf: options.modelShelf,
  });
  const accounts = createAccounts({
    db,
    audit,
    clock: systemClock,
    log,
    secondFactorRule: config.VIGIE_SECOND_FACTOR,
    directory: await createDirectory(config, { clock: systemClock, log }),
    directoryRules: {
      lockout: config.VIGIE_LDAP_LOCKOUT,
      graceMs: config.VIGIE_LDAP_GRACE_HOURS * 3_600_000,
    },
    provider: providerSettingsFrom(config),
    providerSessionMs: config.VIGIE_OIDC_SESSION_HOURS * 3_600_000,
    secret: textKeyOf(secrets, 'sessions'),
    publicUrl,
    place: { ...place, isDemo, passwordMinLength: config.VIGIE_PASSWORD_LENGTH },
  });
  const exported = createExports({
    db,
    events,
    jobs,
    records: parking.records,
    devices,
    clocks: { parking: parkingClock, system: systemClock },
    log,
    key: secrets.keyFor('subscribers'),
    publicUrl,
    place,
    bus,
    outgoing,
    homeAssistant:
      config.VIGIE_HOME_ASSISTANT === 'on'
        ? { listBollards: devices.listBollards, listRooms: evacuation.listRooms }
        : undefined,
  });
  notifications.onSent(async ({ caseId, kind, channel, recipient: address }, tx) => {
    if (caseId) await parking.markSent({ caseId, kind, channel, address }, tx);
  });
  events.on('message', ({ caseId }) => {
    if (caseId)
      parking
        .announceCase(caseId)
        .catch((error) => log.error({ error: String(error) }, 'a case could not be announced'));
  });
  const keeping = keepingFrom(config.VIGIE_KEEP_DAYS ?? '') ?? defaultKeeping;
  const retention = createRetention({
    db,
    kinds: [
      ...evacuationOldData,
      ...parkingOldData,
      ...notificationsOldData,
      ...accountsOldData,
      ...audit.oldData,
    ],
    audit,
    keeping,
    clock: systemClock,
    log,
  });
  const setup = createSetup(async () => ({
    now: systemClock.now(),
    workers: models.listWorkers(),
    rooms: await evacuation.listWatch(),
    parkingCameras: devices
      .exportParkingCameras()
      .map(({ spaces = [], name }) => ({ name, spaces })),
    zones: (await parking.exportTown()).zones,
    administrators: (await accounts.list()).filter(({ role }) => role === 'administrator'),
    freeBytes: await freeBytes(config.VIGIE_DATA),
    certificateUntil: tls?.until(),
    settings: config,
  }));
  const persons = createPersons({
    db,
    audit,
    parts: [
      ...evacuationPersonData,
      ...parkingPersonData,
      ...notificationsPersonData,
      ...accounts.personData,
    ],
    accounts,
    clock: systemClock,
  });
  const importTown = createTownImport({ db, audit, parking, devices, evacuation });

  const locate: Locate = async (kind, id) => {
    if (kind === 'zone') return { zoneId: id };
    if (kind === 'building') return { buildingId: id };
    if (kind === 'space' || kind === 'case') {
      const zoneId = await parking.zoneOf(kind, id);
      return zoneId === undefined ? undefined : { zoneId };
    }
    const buildingId = await evacuation.buildingOf(kind, id);
    return buildingId === undefined ? undefined : { buildingId };
  };
  const http = await createHttp({
    identify: async ({ headers }) =>
      (await exported.identify(headers)) ?? accounts.identify(headers),
    locate,
    audit,
    log,
    tls: tls?.context(),
    trustedProxies: addressBlocksIn(config.VIGIE_TRUSTED_PROXIES ?? '') ?? [],
  });
  systemRoutes(http, {
    securityContact: config.VIGIE_SECURITY_CONTACT,
    publicUrl,
    now: systemClock.now,
  });
  accounts.routes(http);
  devices.routes(http);
  parking.routes(http);
  parking.displayRoutes(http, devices.admitDisplay);
  evacuation.routes(http);
  notifications.routes(http);
  exported.routes(http);
  models.routes(http);
  setup.routes(http);
  retention.routes(http);
  audit.routes(http);
  persons.routes(http);
  const exportTown = createTownExport({ parking, devices, evacuation });
  townRoutes(http, { importTown, exportTown });
  privacyRoutes(http, {
    facts: createPrivacyFacts({ exportTown, accounts, keeping, config }),
    clock: systemClock,
  });
  if (broker) mqttOverWebSocket(http, broker);
  const live = liveRoutes(http, { events, locate });
  options.extraRoutes?.(http);
  await pagesRoutes(http, webRoot);

  stops.add(audit.stop);
  await audit.start();
  const firstAdministrator = await accounts.createFirstAdministrator();
  stops.add(notifications.stop);
  stops.add(jobs.stop);
  await jobs.start();
  // Parking is stopped twice: what came in until the bus was closed is finished, too.
  stops.add(parking.stop);
  stops.add(bus.stop);
  await bus.start();
  stops.add(parking.stop);
  stops.add(evacuation.stop);
  stops.add(devices.stop);
  await models.start();
  await parking.start();
  await devices.start();
  await evacuation.start();
  stops.add(exported.stop);
  await exported.start();
  stops.add(retention.stop);
  retention.start();
  stops.add(accounts.stop);
  accounts.start();
  stops.add(() => http.close());
  stops.add(live.stop);
  await http.listen({ host: config.VIGIE_HOST, port }).catch((error: NodeJS.ErrnoException) => {
    throw portError(error, port, 'VIGIE_PORT');
  });
  tls?.follow((context) => {
    // The type does not say that it is a server of TLS.
    (http.server as unknown as TlsServer).setSecureContext(context);
    broker?.renewTls(context);
  });
  log.info({ url: publicUrl, mqttTlsPort: broker?.tlsPort() }, 'Vigie is up');

  return {
    url: publicUrl,
    mqttUrl: broker ? `mqtt://127.0.0.1:${broker.port()}` : (config.MQTT_URL ?? ''),
    mqttTlsPort: broker?.tlsPort(),
    firstAdministrator,
    createUser: accounts.createUser,
    importTown,
    workerCredential: async (given) => {
      const id = Id.parse(given);
      const key = await devices.giveCredential('worker', id);
      return { id, key, sealKey: textKeyOf(secrets, 'vision workers') };
    },
    giveCredential: devices.giveCredential,
    stop: stops.run,
  };
}

/** The certificate that the configuration names; `undefined`: nothing goes over TLS. */
async function openTls(
  { VIGIE_TLS_CERT: cert, VIGIE_TLS_KEY: key }: Config,
  log: Log,
  stops: Stops,
): Promise<ServerTls | undefined> {
  if (!cert || !key) return undefined;
  const tls = await openServerTls({ cert, key }, { clock: systemClock, log });
  stops.add(tls.stop);
  return tls;
}

interface BusDeps {
  log: Log;
  tls: ServerTls | undefined;
  identify: Devices['identify'];
}

async function createBus(
  config: Config,
  { log, tls, identify }: BusDeps,
): Promise<{ bus: Bus; broker: EmbeddedBroker | undefined }> {
  const { MQTT_URL: url, VIGIE_HOST: host } = config;
  if (url)
    return {
      bus: createMqttBus({ url, instance: 'server', log, tls: await readBrokerTls(config) }),
      broker: undefined,
    };
  const isForAll = (config.VIGIE_MQTT_PLAIN ?? (tls ? 'loopback' : 'network')) === 'network';
  const broker = createEmbeddedBroker({
    host: isForAll ? host : '127.0.0.1',
    port: config.VIGIE_MQTT_PORT,
    tls: tls && { host, port: config.VIGIE_MQTT_TLS_PORT, context: tls.context() },
    identify,
    log,
  });
  return { bus: broker, broker };
}

/** The LoRaWAN networks that the configuration names. */
function networksOf(
  config: Config,
  log: Log,
  outgoing: Outgoing,
): Parameters<typeof createDevices>[0]['networks'] {
  const { CHIRPSTACK_MQTT_URL, TTS_MQTT_URL, TTS_API_URL, TTS_API_KEY, TTS_APPLICATION } = config;
  const busOf = (url: string, instance: string) =>
    createMqttBus({ url, instance, log, protocolVersion: 4 });
  const storage =
    TTS_API_URL && TTS_API_KEY && TTS_APPLICATION
      ? createTtsStorage({
          ask: outgoing.askAsSet(TTS_API_URL),
          apiUrl: TTS_API_URL,
          application: TTS_APPLICATION,
          key: TTS_API_KEY,
          log,
        })
      : undefined;
  return {
    ...(CHIRPSTACK_MQTT_URL ? { chirpstack: busOf(CHIRPSTACK_MQTT_URL, 'chirpstack') } : {}),
    ...(TTS_MQTT_URL ? { theThingsStack: { bus: busOf(TTS_MQTT_URL, 'tts'), storage } } : {}),
  };
}

/** Devices sign in to the broker itself, so the route needs no session. */
function mqttOverWebSocket(http: Http, broker: EmbeddedBroker): void {
  http.get(
    '/mqtt',
    { websocket: true, config: { access: 'signed' }, schema: { hide: true } },
    (socket) => broker.accept(createWebSocketStream(socket)),
  );
}
