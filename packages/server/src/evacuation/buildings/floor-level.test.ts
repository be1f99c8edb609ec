import { expect, it } from 'vitest';
import { levelFromName } from './floor-level.ts';

it.each([
  ['1er étage', 1],
  ['2e étage', 2],
  ['12', 12],
  ['RDC', 0],
  ['Rez-de-chaussée', 0],
  ['Ground floor', 0],
  ['0', 0],
  ['Sous-sol', -1],
  ['Sous-sol 2', -2],
  ['-3', -3],
  ['Mezzanine', 0],
  ['Salle 1789', 0],
])('%s is level %i', (name, level) => {
  expect(levelFromName(name)).toBe(level);
});
