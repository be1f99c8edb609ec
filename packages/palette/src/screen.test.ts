import { expect, it } from 'vitest';
import { type ScreenFace, type ScreenLook, screenLookOf } from './screen.ts';

const plain = { sign: '', fill: null, ink: null, kept: null };

it.each<[string, ScreenFace, ScreenLook]>([
  [
    'a light day with dark letters',
    { kind: 'day', colour: '#ffff00', label: '3' },
    { ...plain, sign: '3', fill: '#ffff00', ink: '#000000' },
  ],
  [
    'a dark day with light letters',
    { kind: 'day', colour: '#2e00ff', label: '12' },
    { ...plain, sign: '12', fill: '#2e00ff', ink: '#ffffff' },
  ],
  [
    'a car over time in black',
    { kind: 'overstay', label: '8' },
    { ...plain, sign: '8', fill: '#000000', ink: '#ffffff' },
  ],
  ['a free space as empty', { kind: 'free' }, plain],
  [
    'an unknown state with the frozen colour, not as that day',
    { kind: 'unknown', colour: '#ff8040' },
    { ...plain, sign: '?', kept: '#ff8040' },
  ],
  ['a fault by a sign', { kind: 'fault' }, { ...plain, sign: '!' }],
  ['waiting by a sign', { kind: 'waiting' }, { ...plain, sign: '…' }],
])('a screen shows %s', (_name, face, look) => {
  expect(screenLookOf(face)).toEqual(look);
});
