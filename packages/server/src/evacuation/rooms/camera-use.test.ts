import { describe, expect, it } from 'vitest';
import { mayBeSameCamera, mayCount, mayShow } from './camera-use.ts';

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

  it.each([
    { host: '10.0.0.7', other: '10.0.0.7', mayBe: true },
    { host: '10.0.0.8', other: '10.0.0.7', mayBe: false },
    { host: '0x0a.0.7', other: '10.0.0.7', mayBe: true },
    { host: '012.0.0.7', other: '10.0.0.7', mayBe: true },
    { host: '167772168', other: '10.0.0.7', mayBe: false },
    { host: 'porte.ville.example', other: '10.0.0.7', mayBe: true },
    { host: '10.0.0.7', other: 'porte.ville.example', mayBe: true },
    { host: 'porte.ville.example', other: 'hall.ville.example', mayBe: true },
    { host: '[fd00::7]', other: '10.0.0.7', mayBe: true },
    { host: '[fd00::7]', other: '[fd00::8]', mayBe: true },
  ])('at $host and $other may be one: $mayBe', ({ host, other, mayBe }) => {
    expect(mayBeSameCamera(host, other)).toBe(mayBe);
  });
});
