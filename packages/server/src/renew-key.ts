import { accountsSealedData, endSealedFactors, endSignIns } from './accounts/index.ts';
import type { AppOptions } from './app.ts';
import { createAudit } from './audit/index.ts';
import { devicesSealedData } from './devices/index.ts';
import { evacuationSealedData } from './evacuation/index.ts';
import { exportsSealedData } from './exports/index.ts';
import { notificationsSealedData } from './notifications/index.ts';
import { parkingSealedData } from './parking/index.ts';
import { systemActor } from './platform/audit.ts';
import { systemClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Database } from './platform/database.ts';
import { Conflict, InvalidInput } from './platform/errors.ts';
import { createStops, openData, openInstallation } from './platform/installation.ts';
import { createKeyCheckStore } from './platform/key-check.store.ts';
import { rootKeyFile } from './platform/root-key.driver.ts';
import type { KeyChange, Resealed } from './platform/sealed-data.ts';
import { checkOf, drawRoot, openSecrets, secretsOf, textKeyOf } from './platform/secrets.ts';

/** All that is sealed, of every feature. */
const sealedData = [
  ...evacuationSealedData,
  ...devicesSealedData,
  ...parkingSealedData,
  ...notificationsSealedData,
  ...exportsSealedData,
  ...accountsSealedData,
];

/** What a change of the key did. */
export interface KeyRenewal {
  parts: readonly ({ what: string } & Resealed)[];
  /** How many ended. */
  sessions: number;
  /** Where the new secret lies; `undefined`: it was given, and belongs into `VIGIE_SECRET` now. */
  file: string | undefined;
  /** What vision workers need as `VIGIE_SEAL_KEY` from now on. */
  sealKey: string;
}

/**
 * Changes the root of all keys, with Vigie stopped: everything sealed is sealed anew in one transaction, which also says by
 * which key. A power cut leaves the old key or the new one, and the next start knows which.
 * @throws Conflict when a server runs or the present key does not fit; InvalidInput when the settings name no new key.
 */
export async function renewKey({
  config,
  log,
}: Pick<AppOptions, 'config' | 'log'>): Promise<KeyRenewal> {
  const given = newSecretIn(config);
  const stops = createStops(log);
  try {
    const { db, secrets } = await openInstallation(config, log, stops);
    const root = given ?? drawRoot();
    const file = given === undefined ? rootKeyFile(config.VIGIE_DATA) : undefined;
    const keys = { before: secrets, after: secretsOf(root) };
    const { record } = createAudit({ db, clock: systemClock, log });
    const done = await db.transaction(async (tx) => {
      await createKeyCheckStore(tx).lock(tx);
      await file?.writeNext(root);
      const changed = await changeKey(keys, tx);
      const details = { sessions: changed.sessions, ...sumOf(changed.parts) };
      await record({ actor: systemActor, act: 'key-renewed', details }, tx);
      return changed;
    });
    await file?.keepNext();
    return { ...done, file: file?.path, sealKey: textKeyOf(keys.after, 'vision workers') };
  } finally {
    await stops.run();
  }
}

async function changeKey(
  keys: KeyChange,
  tx: Database,
): Promise<Pick<KeyRenewal, 'parts' | 'sessions'>> {
  const parts: KeyRenewal['parts'][number][] = [];
  for (const { what, reseal } of sealedData) parts.push({ what, ...(await reseal(keys, tx)) });
  const sessions = await endSignIns(tx);
  await createKeyCheckStore(tx).replace(checkOf(keys.after), tx);
  return { parts, sessions };
}

/** What went with a key that is lost. */
export interface KeyLoss {
  secondFactors: number;
  sessions: number;
}

/**
 * For a root that is lost for good, with Vigie stopped: the database forgets it, and the next start takes the one that it finds
 * or draws one. What was sealed stays closed, to be entered anew; apps for codes are removed.
 * @throws Conflict when a server runs or the present key fits.
 */
export async function forgetKey({
  config,
  log,
}: Pick<AppOptions, 'config' | 'log'>): Promise<KeyLoss> {
  const stops = createStops(log);
  try {
    const { db } = await openData(config, log, stops);
    await mustBeLost(config, db);
    const { record } = createAudit({ db, clock: systemClock, log });
    return await db.transaction(async (tx) => {
      const check = createKeyCheckStore(tx);
      await check.lock(tx);
      const loss = { secondFactors: await endSealedFactors(tx), sessions: await endSignIns(tx) };
      await check.forget(tx);
      await record(
        { actor: systemActor, act: 'key-renewed', details: { lost: true, ...loss } },
        tx,
      );
      return loss;
    });
  } finally {
    await stops.run();
  }
}

async function mustBeLost(config: Config, db: Database): Promise<void> {
  try {
    await openSecrets(config, createKeyCheckStore(db));
  } catch (error) {
    if (error instanceof Conflict && error.code === 'platform/key-wrong') return;
    throw error;
  }
  throw new Conflict(
    'platform/key-there',
    'The key of this database is there, and nothing is lost. To change it: vigie renew-key.',
  );
}

/** `undefined`: one is to be drawn. @throws InvalidInput */
function newSecretIn({ VIGIE_SECRET: old, VIGIE_NEW_SECRET: given }: Config): string | undefined {
  if (old === undefined && given !== undefined)
    throw new InvalidInput(
      'input/invalid',
      'VIGIE_NEW_SECRET is set, but VIGIE_SECRET is not: the key lies in secret.key, and a new one is drawn. Unset VIGIE_NEW_SECRET.',
    );
  if (old !== undefined && (given === undefined || given === old))
    throw new InvalidInput(
      'input/invalid',
      'The key stands in VIGIE_SECRET. Give another one, of 32 characters at least, in VIGIE_NEW_SECRET.',
    );
  return given;
}

const sumOf = (parts: readonly Resealed[]): { [key in keyof Resealed]: number } => ({
  anew: parts.reduce((sum, { anew }) => sum + anew, 0),
  closed: parts.reduce((sum, { closed }) => sum + closed, 0),
});
