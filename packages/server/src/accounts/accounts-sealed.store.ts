import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto';
import { eq } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import type { SealedData } from '../platform/sealed-data.ts';
import { textKeyOf } from '../platform/secrets.ts';
import {
  passkeyChallenges,
  pendingSignIns,
  sessions,
  signInAttempts,
  twoFactors,
  users,
  verifications,
} from './accounts.tables.ts';

/** What this feature keeps sealed, in the form of better-auth: nobody has to set up his app for codes again. */
export const accountsSealedData: readonly SealedData[] = [
  {
    what: 'second factors with their backup codes',
    reseal: async (keys, tx) => {
      const before = textKeyOf(keys.before, 'sessions');
      const after = textKeyOf(keys.after, 'sessions');
      const turn = async (data: string) =>
        symmetricEncrypt({ key: after, data: await symmetricDecrypt({ key: before, data }) });
      const sum = { anew: 0, closed: 0 };
      for (const { id, secret, backupCodes } of await tx.select().from(twoFactors)) {
        const turned = await Promise.all([turn(secret), turn(backupCodes)]).catch(() => undefined);
        sum[turned ? 'anew' : 'closed'] += 1;
        if (!turned) continue;
        const [newSecret, newCodes] = turned;
        const values = { secret: newSecret, backupCodes: newCodes };
        await tx.update(twoFactors).set(values).where(eq(twoFactors.id, id));
      }
      return sum;
    },
  },
];

/** Nobody could enter by an app for codes whose secret opens no more. Gives how many are gone; passkeys stay, they are not sealed. */
export async function endSealedFactors(tx: Database): Promise<number> {
  await tx.update(users).set({ twoFactorEnabled: false }).where(eq(users.twoFactorEnabled, true));
  return (await tx.delete(twoFactors)).rowCount ?? 0;
}

/**
 * Everybody is signed out, and nobody is half way in: cookies and typed names of another key fit no more, familiar addresses
 * neither. Gives the number of sessions.
 */
export async function endSignIns(tx: Database): Promise<number> {
  for (const table of [verifications, pendingSignIns, passkeyChallenges, signInAttempts])
    await tx.delete(table);
  return (await tx.delete(sessions)).rowCount ?? 0;
}
