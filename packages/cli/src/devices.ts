import { readFile, writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { InventoryAnswer, type InventoryChange } from '@vigie/contracts/inventory';
import { Command } from 'commander';
import { addLogin, type Login, signInAs } from './login.ts';

/** `vigie devices export|import FILE`: the registry of the devices as a file. */
export const devicesCommand = (): Command =>
  new Command('devices')
    .description('The inventory of the devices as a file: CSV or YAML, by its extension')
    .addCommand(
      addLogin(
        new Command('export')
          .description('Writes every device, with what it last told; never a key')
          .argument('<file>', '.csv, .yaml or .yml'),
      ).action(exportFile),
    )
    .addCommand(
      addLogin(
        new Command('import')
          .description('Adds, moves and changes what the file names, or nothing; removes nothing')
          .argument('<file>', '.csv, .yaml or .yml')
          .option('--dry-run', 'only says what would change', false),
      ).action(importFile),
    );

/** By extension. */
const formats: Readonly<Record<string, { path: string; mediaType: string }>> = {
  '.csv': { path: '/api/v1/bollards.csv', mediaType: 'text/csv' },
  '.yaml': { path: '/api/v1/bollards.yaml', mediaType: 'application/yaml' },
  '.yml': { path: '/api/v1/bollards.yaml', mediaType: 'application/yaml' },
};

/** @throws Error when the extension says neither. */
function formatOf(file: string): { path: string; mediaType: string } {
  const format = formats[extname(file).toLowerCase()];
  if (format) return format;
  throw new Error(`${file} is neither .csv nor .yaml. Give it one of these extensions.`);
}

async function exportFile(file: string, login: Login): Promise<void> {
  const { path } = formatOf(file);
  const client = await signInAs(login);
  await writeFile(file, await client.getText(path));
  console.log(`Written: ${file}.`);
}

async function importFile(file: string, options: Login & { dryRun: boolean }): Promise<void> {
  const { mediaType } = formatOf(file);
  const text = await readFile(file, 'utf8');
  const client = await signInAs(options);
  const path = `/api/v1/bollards?dry-run=${options.dryRun}`;
  say(await client.putText(path, { text, mediaType }, InventoryAnswer));
}

function say({ isDryRun, changes, unchanged, wrong, keys }: InventoryAnswer): void {
  for (const change of changes) console.log(textOf(change));
  const done = isDryRun ? 'would change' : 'changed';
  console.log(`${changes.length} ${done}, ${unchanged} stay as they are.`);
  if (keys.length > 0) console.log('Keys of the new devices, shown this once (user name = id):');
  for (const { id, key } of keys) console.log(`${id}  ${key}`);
  if (wrong.length === 0) return;
  const lines = wrong.map(({ line, remedy }) => `Line ${line}: ${remedy}`);
  throw new Error(`The file would be refused:\n${lines.join('\n')}`);
}

const textOf = ({ line, id, isNew, fields }: InventoryChange): string =>
  `Line ${line}: ${isNew ? 'new ' : ''}${id}: ${fields
    .map(
      ({ column, from, to }) => `${column} ${isNew ? '' : `${from || 'none'} → `}${to || 'none'}`,
    )
    .join(', ')}`;
