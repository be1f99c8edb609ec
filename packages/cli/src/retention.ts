import { Deletion, Retention } from '@vigie/contracts/retention';
import { Command } from 'commander';
import { addLogin, type Login, signInAs } from './login.ts';

/** `vigie retention`: what is older than it is kept goes now, or is only named. */
export const retentionCommand = (): Command =>
  addLogin(
    new Command('retention')
      .description('Deletes what is older than it is kept; the server does so by itself once a day')
      .option('--dry-run', 'says what would go, deletes nothing'),
  ).action(run);

async function run({ dryRun, ...login }: Login & { dryRun?: boolean }): Promise<void> {
  const client = await signInAs(login);
  if (dryRun) {
    const { rules } = await client.get('/api/v1/retention', Retention);
    for (const { kind, days, until, rows } of rules)
      console.log(
        until ? `${kind}: ${rows} rows before ${until} (${days} days)` : `${kind}: for ever`,
      );
    return;
  }
  const deletions = await client.post('/api/v1/retention/runs', {}, Deletion.array());
  if (deletions.length === 0) console.log('Nothing was old enough.');
  for (const { kind, until, rows } of deletions)
    console.log(`${kind}: ${rows} rows before ${until}`);
}
