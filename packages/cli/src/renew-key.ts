import type { KeyRenewal } from '@vigie/server';
import { Command } from 'commander';

/** `vigie renew-key`: everything that is sealed, by a new key. */
export const renewKeyCommand = (): Command =>
  new Command('renew-key')
    .description('Changes the key that seals all secrets; on the machine of a stopped server')
    .addHelpText(
      'after',
      '\nBack up first: database and secret.key. Where the key stands in VIGIE_SECRET, the new one is given in VIGIE_NEW_SECRET; otherwise it is drawn.',
    )
    .action(renew);

async function renew(): Promise<void> {
  const { createLog, readConfig, renewKey } = await import('@vigie/server');
  const config = readConfig(process.env);
  const renewal = await renewKey({ config, log: createLog(config.VIGIE_LOG_LEVEL) });
  const signsByKey = config.VIGIE_WEBHOOK_SECRET === undefined;
  for (const line of linesOf(renewal, signsByKey)) console.log(line);
}

/** `signsByKey`: webhooks of alarms are signed by a key of the same root. */
function linesOf({ parts, sessions, file, sealKey }: KeyRenewal, signsByKey: boolean): string[] {
  const closed = parts.filter((part) => part.closed > 0);
  return [
    'Sealed anew:',
    ...parts.map(({ what, anew }) => `${String(anew).padStart(7)}  ${what}`),
    ...(closed.length > 0 ? ['Sealed by another server, left as they are; enter them anew:'] : []),
    ...closed.map((part) => `${String(part.closed).padStart(7)}  ${part.what}`),
    `Sessions that ended: ${sessions}. Passwords and second factors stay as they were.`,
    file === undefined
      ? 'Before the start: set VIGIE_SECRET to what VIGIE_NEW_SECRET is, and unset VIGIE_NEW_SECRET.'
      : `The new key is in ${file}; the old one is gone.`,
    `Vision workers on other machines need, shown this once: VIGIE_SEAL_KEY=${sealKey}`,
    ...(signsByKey
      ? [
          'Webhooks of alarms and CAP messages are signed by a new key, too: no VIGIE_WEBHOOK_SECRET is set.',
        ]
      : []),
    'Backups and exported towns from before open with the old key only: keep a copy of it with them.',
  ];
}
