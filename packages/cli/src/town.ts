import { Town } from '@vigie/contracts/town';
import { Command } from 'commander';
import * as z from 'zod';
import { addLogin, type Login, signInAs } from './login.ts';
import { loadTown, saveTown } from './town-file.ts';

/** `vigie town import FILE` and `export FILE`: the registry of a town as YAML, into a running server and out of it. */
export const townCommand = (): Command =>
  new Command('town')
    .description(
      'The registry of the town: zones, spaces, bollards, buildings, floors, rooms, cameras',
    )
    .addCommand(
      addLogin(
        new Command('import')
          .description('Adds or changes everything that the file names; removes nothing')
          .argument('<file>', 'YAML, see demo/town.yaml'),
      ).action(importFile),
    )
    .addCommand(
      addLogin(
        new Command('export')
          .description(
            'Writes everything as YAML, plans into a folder beside; addresses of cameras stay sealed, keys stay out',
          )
          .argument('<file>', 'YAML to write'),
      ).action(exportFile),
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

async function exportFile(file: string, login: Login): Promise<void> {
  const client = await signInAs(login);
  const written = await saveTown(await client.get('/api/v1/town', Town), file);
  for (const path of written) console.log(`Written: ${path}`);
}
