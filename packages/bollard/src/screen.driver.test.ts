import type { Face } from '@vigie/contracts/parking-stage';
import { expect, it } from 'vitest';
import { createScreenDriver } from './screen.driver.ts';

const esc = String.fromCharCode(27);

it.each<[string, Face, string]>([
  [
    'a light colour with dark writing',
    { kind: 'day', day: 3, colour: '#ffff00', label: '3' },
    `${esc}[48;2;255;255;0;30m   3 ${esc}[0m #ffff00\n`,
  ],
  [
    'a dark colour with light writing',
    { kind: 'day', day: 5, colour: '#2e00ff', label: '5' },
    `${esc}[48;2;46;0;255;97m   5 ${esc}[0m #2e00ff\n`,
  ],
  [
    'black in a frame',
    { kind: 'overstay', day: 8, label: '8' },
    `[${esc}[48;2;0;0;0;97m   8 ${esc}[0m] #000000\n`,
  ],
  ['free as a word', { kind: 'free' }, 'free\n'],
])('shows %s', (_name, face, line) => {
  const written: string[] = [];
  createScreenDriver({ write: (text) => written.push(text) }).show(face);
  expect(written).toEqual([line]);
});
