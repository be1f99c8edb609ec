import { Command } from 'commander';
import * as z from 'zod';
import { addLogin, type Login, signInAs } from './login.ts';
import { loadTown } from './town-file.ts';

/** `vigie town import FILE`: the registry of a town, from YAML, into a running server. */
export const townCommand = (): Command =>
  new Command('town')
    .description('The registry of the town: zones, spaces, bollards, buildings, rooms, cameras')
    .addCommand(
      addLogin(
        new Command('import')
          .description('Adds or changes everything that the file names; removes nothing')
          .argument('<file>', 'YAML, see demo/town.yaml'),
      ).action(importFile),
    );

const Imported = z.object({ bollardKeys: z.array(z.object({ id: z.string(), key: z.string() })) });

async function importFile(file: string, login: Login): Promise<void> {
  const town = await loadTown(file);
  const client = await signInAs(login);
  const { bollardKeys } = await client.put('/api/v1/town', town, Imported);
  const counts = Object.entries(town).map(([what, list]) => `${list.length} ${what}`);
  console.log(`Imported: ${counts.join(', ')}.`);
  if (bollardKeys.length > 0)
    console.log('Keys of the bollards, shown this once (user name = id):');
  for (const { id, key } of bollardKeys) console.log(`${id}  ${key}`);
}
