import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Driver } from './bollard.service.ts';
import { createStripDriver } from './strip.driver.ts';
import { stripBytes } from './strip.ts';

/** A file in the place of the SPI device: what is written stands in it, one telling after the other. */
let device: string;
let folder: string;
let driver: Driver | undefined;
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-strip-'));
  device = join(folder, 'spidev0.0');
  await writeFile(device, '');
});
afterEach(async () => {
  await driver?.stop();
  driver = undefined;
  await rm(folder, { recursive: true });
});

const dark = Buffer.from(stripBytes('apa102', [0, 0, 0], 2)).toString('hex');
const told = async () => {
  const all = await readFile(device, 'hex');
  return all.match(new RegExp(`.{${dark.length}}`, 'g')) ?? [];
};

it('tells every LED the colour of the day, and darkness at the end', async () => {
  driver = createStripDriver({ device, chip: 'apa102', leds: 2 }, quiet);
  driver.show({ kind: 'day', day: 1, colour: '#ff0080', label: '1' });
  const red = Buffer.from(stripBytes('apa102', [255, 0, 55], 2)).toString('hex');
  expect((await told()).at(-1)).toBe(red);
  await driver.stop();
  driver = undefined;
  expect((await told()).at(-1)).toBe(dark);
});

it('tells a steady colour again, so that a disturbance does not stay', async () => {
  driver = createStripDriver({ device, chip: 'apa102', leds: 2 }, quiet);
  driver.show({ kind: 'day', day: 1, colour: '#ff0000', label: '1' });
  const red = Buffer.from(stripBytes('apa102', [255, 0, 0], 2)).toString('hex');
  const tellings = async () => (await told()).filter((telling) => telling === red);
  await vi.waitFor(async () => expect((await tellings()).length).toBeGreaterThan(1), 5000);
});

it('names a device that is not there, and what to do', () => {
  expect(() =>
    createStripDriver({ device: join(folder, 'spidev9.9'), chip: 'ws2812', leds: 2 }, quiet),
  ).toThrow(/spidev9.9 cannot be opened: ENOENT.*raspi-config/);
});
