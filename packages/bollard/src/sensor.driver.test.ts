import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createFileSensor, type Sensor } from './sensor.driver.ts';

let folder: string;
let file: string;
let sensor: Sensor;
let sensed: boolean[];
let complaints: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-sensor-'));
  file = join(folder, 'value');
  sensed = [];
  complaints = [];
  const log = {
    info: () => {},
    warn: () => {},
    error: (data: object) => void complaints.push(JSON.stringify(data)),
  };
  sensor = createFileSensor({ file, pollMs: 5, onSense: (occupied) => sensed.push(occupied), log });
});
afterEach(async () => {
  sensor.stop();
  await rm(folder, { recursive: true });
});

/** Replaces the file whole: a half-written one would be another state. */
async function say(text: string): Promise<void> {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}

it('follows what the line says, at once and later', async () => {
  await say('1\n');
  sensor.start();
  expect(sensed).toEqual([true]);
  await say('0\n');
  await vi.waitFor(() => expect(sensed.at(-1)).toBe(false));
});

it('takes what it does not understand for no state, and complains once', async () => {
  await say('1');
  sensor.start();
  await say('perhaps');
  await vi.waitFor(() => expect(complaints.some((text) => text.includes('perhaps'))).toBe(true));
  const before = sensed.length;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(sensed.slice(before)).toEqual([]);
  expect(complaints.filter((text) => text.includes('perhaps'))).toHaveLength(1);
  expect(sensed.at(-1)).toBe(true);
});

it('names a line that is not there, and what to do', () => {
  expect(() => sensor.start()).toThrow(/value cannot be read: ENOENT.*1 \(occupied\)/);
});
