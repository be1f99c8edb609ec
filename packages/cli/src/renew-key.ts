import type { KeyLoss, KeyRenewal } from '@vigie/server';
import { Command } from 'commander';

/** `vigie renew-key`: everything that is sealed, by a new key. */
export const renewKeyCommand = (): Command =>
  new Command('renew-key')
    .description('Changes the key that seals all secrets; on the machine of a stopped server')
    .addHelpText(
      'after',
      '\nBack up first: database and secret.key. Where the key stands in VIGIE_SECRET, the new one is given in VIGIE_NEW_SECRET; otherwise it is drawn.',
    )
    .option(
      '--lost',
      'the key is lost for good: the database forgets it, and what it sealed',
      false,
    )
    .action(renew);

async function renew({ lost }: { lost: boolean }): Promise<void> {
  const { createLog, forgetKey, readConfig, renewKey } = await import('@vigie/server');
  const config = readConfig(process.env);
  const given = { config, log: createLog(config.VIGIE_LOG_LEVEL) };
  const signsByKey = config.VIGIE_WEBHOOK_SECRET === undefined;
  const lines = lost
    ? lossLines(await forgetKey(given))
    : linesOf(await renewKey(given), signsByKey);
  for (const line of lines) console.log(line);
}

const lossLines = ({ secondFactors, sessions }: KeyLoss): string[] => [
  'The next start takes the key that it finds, or draws one. Enter the addresses of cameras and webhooks and the secrets of subscribers anew.',
  `Apps for codes that are to be set up again: ${secondFactors}. Sessions that ended: ${sessions}. Passwords and passkeys stay as they were.`,
];

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
