import type { Config } from './config.ts';
import { type Database, openDatabase } from './database.ts';
import { startEmbeddedPostgres } from './embedded-postgres.driver.ts';
import { messageOf } from './errors.ts';
import { lockDataFolder } from './instance-lock.ts';
import { createKeyCheckStore } from './key-check.store.ts';
import type { Log } from './log.ts';
import { openSecrets, type Secrets } from './secrets.ts';

export type Stops = ReturnType<typeof createStops>;

/** Things to be stopped, last started first. */
export function createStops(log: Log) {
  const stops: (() => unknown)[] = [];
  return {
    add: (stop: () => unknown) => void stops.push(stop),
    run: async () => {
      for (const stop of stops.splice(0).reverse()) {
        // One part that does not stop must not keep the others running.
        try {
          await stop();
        } catch (error) {
          log.error({ error: messageOf(error) }, 'a part did not stop in order');
        }
      }
    },
  };
}

/** What a town stands on. */
export interface Installation extends OpenData {
  secrets: Secrets;
}

interface OpenData {
  databaseUrl: string;
  db: Database;
}

/**
 * Takes the data folder, opens the database and finds its keys.
 * @throws Conflict when the folder is taken or the key does not fit; Unavailable when the database does not come up.
 */
export async function openInstallation(
  config: Config,
  log: Log,
  stops: Stops,
): Promise<Installation> {
  const data = await openData(config, log, stops);
  return { ...data, secrets: await openSecrets(config, createKeyCheckStore(data.db)) };
}

/** The same without its keys. @throws Conflict when the folder is taken; Unavailable when the database does not come up. */
export async function openData(config: Config, log: Log, stops: Stops): Promise<OpenData> {
  const { VIGIE_DATA: dataDir } = config;
  const lock = await lockDataFolder(dataDir);
  stops.add(lock.release);
  const databaseUrl = config.DATABASE_URL ?? (await startOwnPostgres(dataDir, log, stops));
  const { db, stop: closeDatabase } = await openDatabase(databaseUrl, log);
  stops.add(closeDatabase);
  return { databaseUrl, db };
}

async function startOwnPostgres(dataDir: string, log: Log, stops: Stops): Promise<string> {
  const postgres = await startEmbeddedPostgres(dataDir, log);
  stops.add(postgres.stop);
  return postgres.url;
}
