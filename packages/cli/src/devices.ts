import { readFile, writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { DeviceKey, DrawnDeviceKey } from '@vigie/contracts/devices';
import { InventoryAnswer, type InventoryChange } from '@vigie/contracts/inventory';
import { topics } from '@vigie/contracts/topics';
import { Command } from 'commander';
import { addLogin, type Login, signInAs } from './login.ts';
import { sealKeyOf } from './town-camera.ts';

/** `vigie devices`: the registry of the devices as a file, and keys of those on the bus that are no bollards. */
export const devicesCommand = (): Command =>
  new Command('devices')
    .description('The inventory of the devices as a file, and keys of workers and fire panels')
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
    )
    .addCommand(
      addLogin(
        new Command('keys').description('Who has a key of the bus and is no bollard; never a key'),
      ).action(listKeys),
    )
    .addCommand(
      addLogin(
        new Command('draw-key')
          .description('Draws the key of a vision worker or a fire panel; the one before ends')
          .argument('<kind>', 'worker or panel')
          .argument('<id>', 'name of the worker, or the building of the panel'),
      ).action(drawKey),
    )
    .addCommand(
      addLogin(
        new Command('end-key')
          .description('Ends a key at once')
          .argument('<kind>', 'worker, panel or integrator')
          .argument('<id>'),
      ).action(endKey),
    );

const keysPath = '/api/v1/device-keys';

async function listKeys(login: Login): Promise<void> {
  const keys = await (await signInAs(login)).get(keysPath, DeviceKey.array());
  for (const { username, drawnAt } of keys) console.log(`${username}  drawn ${drawnAt}`);
}

async function drawKey(kind: string, id: string, login: Login): Promise<void> {
  const client = await signInAs(login);
  const drawn = await client.post(keysPath, { kind, id }, DrawnDeviceKey);
  for (const line of await linesOf(drawn)) console.log(line);
}

async function endKey(kind: string, id: string, login: Login): Promise<void> {
  const name = [kind, id].map(encodeURIComponent).join('/');
  await (await signInAs(login)).delete(`${keysPath}/${name}`);
  console.log(`${kind}:${id} has no key any more.`);
}

/** Shown this once. The seal key does not come from the server: it is read where the server runs. */
async function linesOf({ kind, id, username, key }: DrawnDeviceKey): Promise<string[]> {
  if (kind === 'panel') {
    const topic = topics.buildingAlarm(id);
    return [
      `MQTT user name: ${username}`,
      `MQTT password, shown this once: ${key}`,
      `Topic: ${topic}`,
    ];
  }
  return [
    `In the environment of vigie vision --id ${id}, shown this once:`,
    `VIGIE_WORKER_KEY=${key}`,
    `VIGIE_SEAL_KEY=${await sealKeyText()}`,
  ];
}

const sealKeyText = (): Promise<string> =>
  sealKeyOf(process.env).then(
    (bytes) => Buffer.from(bytes).toString('base64'),
    () => '(run this where the server runs, with its VIGIE_DATA, to have it written here)',
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
