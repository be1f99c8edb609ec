import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Driver } from './bollard.service.ts';
import { createLedDriver } from './led.driver.ts';

/** A folder with the files that the kernel shows for a multicolour lamp. */
let folder: string;
let driver: Driver | undefined;
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-led-'));
  await writeFile(join(folder, 'multi_index'), 'green red blue\n');
  await writeFile(join(folder, 'multi_intensity'), '0 0 0\n');
  await writeFile(join(folder, 'max_brightness'), '255\n');
  await writeFile(join(folder, 'brightness'), '0\n');
});
afterEach(async () => {
  await driver?.stop();
  driver = undefined;
  await rm(folder, { recursive: true });
});

const fileOf = (name: string) => readFile(join(folder, name), 'utf8');

it('sets what each LED gives off in the order of the lamp, at full brightness, and goes dark at the end', async () => {
  driver = createLedDriver(folder, quiet);
  driver.show({ kind: 'day', day: 1, colour: '#80c0ff', label: '1' });
  expect(await fileOf('multi_intensity')).toBe('134 55 255');
  expect(await fileOf('brightness')).toBe('255');
  driver.stop();
  expect(await fileOf('multi_intensity')).toBe('0 0 0');
});

it('moves by itself where the face does', async () => {
  driver = createLedDriver(folder, quiet);
  driver.show({ kind: 'fault' });
  const first = await fileOf('multi_intensity');
  await vi.waitFor(async () => expect(await fileOf('multi_intensity')).not.toBe(first), {
    timeout: 5000,
  });
});

it('names a folder that is no lamp', () => {
  expect(() => createLedDriver('/nowhere', quiet)).toThrow(/nowhere is no multicolour lamp/);
});
