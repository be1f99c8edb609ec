import { writeFile } from 'node:fs/promises';
import { PersonErasure, PersonExport, PersonFound } from '@vigie/contracts/persons';
import { Command } from 'commander';
import { addLogin, type Login, signInAs } from './login.ts';

const who = 'user name, whole name, mail address or telephone number, as it stands';

/** `vigie person find|export|erase WHO`: what is held about somebody, over all features. */
export const personCommand = (): Command =>
  new Command('person')
    .description('The data of one person: found, handed over, erased')
    .addCommand(
      addLogin(
        new Command('find')
          .description('Says how many rows name the person')
          .argument('<who>', who),
      ).action(find),
    )
    .addCommand(
      addLogin(
        new Command('export')
          .description('Writes everything that names the person as JSON; it is on record')
          .argument('<who>', who)
          .argument('<file>', '.json to write; must not exist yet'),
      ).action(exportAll),
    )
    .addCommand(
      addLogin(
        new Command('erase')
          .description('Erases the person; what the law wants kept goes on under a pseudonym')
          .argument('<who>', who)
          .requiredOption('--reason <text>', 'for the log, at least 10 characters; names nobody'),
      ).action(erase),
    );

async function find(name: string, login: Login): Promise<void> {
  const client = await signInAs(login);
  const found = await client.post('/api/v1/persons/search', { who: name }, PersonFound);
  const { account, parts } = found;
  console.log(account ? `Account ${account.username} (${account.name})` : 'No account.');
  for (const { kind, rows } of parts) console.log(`${kind}: ${rows}`);
  if (parts.length === 0) console.log('Nothing here names this person.');
}

async function exportAll(name: string, file: string, login: Login): Promise<void> {
  const client = await signInAs(login);
  const answer = await client.post('/api/v1/persons/export', { who: name }, PersonExport);
  await writeFile(file, `${JSON.stringify(answer, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
  console.log(`Written: ${file}`);
}

async function erase(name: string, { reason, ...login }: Login & { reason: string }) {
  const client = await signInAs(login);
  const wish = { who: name, reason };
  const done = await client.post('/api/v1/persons/erasure', wish, PersonErasure);
  for (const { kind, rows } of done.parts) console.log(`${kind}: ${rows}`);
  console.log(`What stays for the law goes on under ${done.pseudonym}.`);
  for (const kind of done.left) console.log(`Still there, because it is in use: ${kind}.`);
}
