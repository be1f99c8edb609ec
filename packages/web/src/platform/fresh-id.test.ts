import { Id } from '@vigie/contracts/ids';
import { expect, it } from 'vitest';
import { freshId } from './fresh-id.ts';

it.each([
  ['Salle des fêtes', 'salle-des-fetes-1b4e28ba'],
  ['  1er étage ! ', '1er-etage-1b4e28ba'],
  ['大廳', '1b4e28ba'],
])('of %s is %s', (name, id) => {
  expect(freshId(name, '1b4e28ba-2fa1')).toBe(id);
  expect(Id.safeParse(id).success).toBe(true);
});

it('of a long name is not too long', () => {
  expect(Id.safeParse(freshId('x'.repeat(200), '1b4e28ba')).success).toBe(true);
});
