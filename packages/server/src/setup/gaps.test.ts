import type { GapKind } from '@vigie/contracts/setup';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gapsOf, LEAST_FREE_BYTES, type SetupFacts } from './gaps.ts';

const whole: SetupFacts = {
  workers: [{ models: ['m.onnx'] }],
  rooms: [{ name: 'Bureau', cameras: 1, isDrawn: true }],
  parkingCameras: [{ name: 'Cour', spaces: ['p1'] }],
  zones: [{ name: 'Centre', recipients: ['police@example.org'] }],
  administrators: [{ name: 'Ada', hasSecondFactor: true, hasPasskey: false, isDisabled: false }],
  freeBytes: LEAST_FREE_BYTES,
  now: new Date('2026-06-01T00:00:00Z'),
  certificateUntil: undefined,
  settings: { SMTP_URL: 'smtp://mail', VIGIE_PUBLIC_URL: 'https://vigie.example' },
};
const kindsOf = (facts: SetupFacts): GapKind[] => gapsOf(facts).map(({ kind }) => kind);

describe('what a town lacks', () => {
  it('is nothing when everything is there', () => {
    expect(gapsOf(whole)).toEqual([]);
  });

  it.each<{ name: string; facts: Partial<SetupFacts>; kinds: GapKind[] }>([
    { name: 'no worker runs', facts: { workers: [] }, kinds: ['no-worker'] },
    { name: 'workers have no weights', facts: { workers: [{ models: [] }] }, kinds: ['no-model'] },
    {
      name: 'one of two workers has weights',
      facts: { workers: [{ models: [] }, ...whole.workers] },
      kinds: [],
    },
    { name: 'there is no room', facts: { rooms: [] }, kinds: ['no-room'] },
    {
      name: 'there is no camera at all',
      facts: { rooms: [{ name: 'Bureau', cameras: 0, isDrawn: true }], parkingCameras: [] },
      kinds: ['no-camera'],
    },
    {
      name: 'a room is on no plan and watched by nothing',
      facts: { rooms: [...whole.rooms, { name: 'Cave', cameras: 0, isDrawn: false }] },
      kinds: ['room-blind', 'room-undrawn'],
    },
    {
      name: 'a parking camera has no spaces',
      facts: { parkingCameras: [{ name: 'Cour', spaces: [] }] },
      kinds: ['camera-idle'],
    },
    {
      name: 'nobody is told of a zone',
      facts: { zones: [{ name: 'Gare', recipients: [] }] },
      kinds: ['zone-silent'],
    },
    {
      name: 'an administrator has no second factor',
      facts: {
        administrators: [
          { name: 'Bob', hasSecondFactor: false, hasPasskey: false, isDisabled: false },
        ],
      },
      kinds: ['administrator-open'],
    },
    {
      name: 'a disabled administrator has none',
      facts: {
        administrators: [
          { name: 'Bob', hasSecondFactor: false, hasPasskey: false, isDisabled: true },
        ],
      },
      kinds: [],
    },
    {
      name: 'settings are missing',
      facts: { settings: {} },
      kinds: ['no-mail', 'no-public-address'],
    },
    {
      name: 'the certificate has 29 days left',
      facts: { certificateUntil: new Date('2026-06-30T00:00:00Z') },
      kinds: ['certificate-ending'],
    },
    {
      name: 'the certificate has ended',
      facts: { certificateUntil: new Date('2026-05-30T00:00:00Z') },
      kinds: ['certificate-ending'],
    },
    {
      name: 'the certificate has 31 days left',
      facts: { certificateUntil: new Date('2026-07-02T00:00:00Z') },
      kinds: [],
    },
    { name: 'the disk is full', facts: { freeBytes: LEAST_FREE_BYTES - 1 }, kinds: ['disk-full'] },
  ])('is said where $name', ({ facts, kinds }) => {
    expect(kindsOf({ ...whole, ...facts })).toEqual(kinds);
  });

  it('names the first of those that lack it, and counts all', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const zones = names.map((name) => ({ name, recipients: [] }));
    expect(gapsOf({ ...whole, zones })).toEqual([
      { kind: 'zone-silent', count: 7, names: names.slice(0, 5) },
    ]);
  });

  it('says each kind once, whatever is missing', () => {
    const rooms = fc.array(
      fc.record({ name: fc.string(), cameras: fc.nat(2), isDrawn: fc.boolean() }),
    );
    fc.assert(
      fc.property(rooms, fc.boolean(), (some, hasWorker) => {
        const kinds = kindsOf({ ...whole, rooms: some, workers: hasWorker ? whole.workers : [] });
        expect(new Set(kinds).size).toBe(kinds.length);
        expect(kinds.includes('no-worker')).toBe(!hasWorker);
      }),
    );
  });
});
