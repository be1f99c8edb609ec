import { describe, expect, it } from 'vitest';
import { mayCount, mayShow } from './camera-use.ts';

describe('cameras of a building', () => {
  it.each([
    { use: 'open', isOpen: false, shows: true, counts: true },
    { use: 'open', isOpen: true, shows: true, counts: true },
    { use: 'counting', isOpen: false, shows: false, counts: true },
    { use: 'counting', isOpen: true, shows: true, counts: true },
    { use: 'incidents', isOpen: false, shows: false, counts: false },
    { use: 'incidents', isOpen: true, shows: true, counts: true },
  ] as const)(
    'for $use, incident $isOpen: show $shows, count $counts',
    ({ use, isOpen, ...may }) => {
      expect({ shows: mayShow(use, isOpen), counts: mayCount(use, isOpen) }).toEqual(may);
    },
  );
});
