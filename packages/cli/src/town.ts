import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import * as z from 'zod';
import { signIn } from './http-client.ts';
import { loadTown } from './town-file.ts';

interface ImportOptions {
  url: string;
  user: string;
}

/** `vigie town import FILE`: the registry of a town, from YAML, into a running server. */
export const townCommand = (): Command =>
  new Command('town')
    .description('The registry of the town: zones, spaces, bollards, buildings, rooms, cameras')
    .addCommand(
      new Command('import')
        .description('Adds or changes everything that the file names; removes nothing')
        .argument('<file>', 'YAML, see demo/town.yaml')
        .option('--url <address>', 'address of the server', 'http://localhost:8080')
        .option(
          '--user <name>',
          'an administrator; the password is asked, or taken from VIGIE_PASSWORD',
          'admin',
        )
        .action(importFile),
    );

const Imported = z.object({ bollardKeys: z.array(z.object({ id: z.string(), key: z.string() })) });

async function importFile(file: string, { url, user }: ImportOptions): Promise<void> {
  const town = await loadTown(file);
  const password = process.env.VIGIE_PASSWORD ?? (await askPassword(user));
  const client = await signIn(url, { username: user, password });
  const { bollardKeys } = await client.put('/api/v1/town', town, Imported);
  const counts = Object.entries(town).map(([what, list]) => `${list.length} ${what}`);
  console.log(`Imported: ${counts.join(', ')}.`);
  if (bollardKeys.length > 0)
    console.log('Keys of the bollards, shown this once (user name = id):');
  for (const { id, key } of bollardKeys) console.log(`${id}  ${key}`);
}

async function askPassword(user: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(`Password of ${user}: `);
  } finally {
    terminal.close();
  }
}
