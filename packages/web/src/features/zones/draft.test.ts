import { Zone } from '@vigie/contracts/parking';
import { describe, expect, it } from 'vitest';
import { type Draft, draftOf, movedUp, nextKey, readDraft } from './draft.ts';

const zone = Zone.parse({
  ...{ id: 'z', name: 'Rue', allowedDays: 7, legalBasis: 'Arrêté' },
  recipients: [
    { channel: 'mail', address: 'poste@police.fr', language: 'fr' },
    { channel: 'sms', address: '+33612345678', name: 'Astreinte' },
  ],
  quietHours: { from: '22:00', to: '06:30' },
});
const draft = draftOf(zone, '2026-07-01T00:00');
const person = { key: 9, channel: 'mail', address: 'a@b.fr', name: '', language: '' } as const;

describe('rules that are being written', () => {
  it('say what they were made of', () => {
    const { id: _, ...rules } = zone;
    expect(readDraft(draft)).toEqual({ change: rules });
  });

  it('apply from a moment on the wall of the zone', () => {
    expect(readDraft({ ...draft, when: 'later' }).change?.appliesFrom).toBe(
      '2026-06-30T22:00:00.000Z',
    );
  });

  it('name the recipient by mail that was a bare address', () => {
    const bare = draftOf({ ...zone, recipients: ['poste@police.fr'] }, '');
    expect(readDraft(bare).change?.recipients).toEqual([
      { channel: 'mail', address: 'poste@police.fr' },
    ]);
  });

  it.each<[string, Partial<Draft>, string[]]>([
    ['no name', { name: '' }, ['name']],
    ['no days', { allowedDays: '' }, ['allowedDays']],
    ['too many days', { allowedDays: 400 }, ['allowedDays']],
    ['no hold time', { holdMinutes: '' }, ['holdMs']],
    ['a mail without address', { recipients: [{ ...person, address: ' ' }] }, ['recipients.0']],
    [
      'a number that is none',
      { recipients: [person, { ...person, channel: 'sms', address: '0612' }] },
      ['recipients.1'],
    ],
    ['quiet hours without an end', { quietTo: '' }, ['quietHours']],
    ['no moment', { when: 'later', from: '' }, ['appliesFrom']],
    ['two at once', { name: '', remindAfterHours: 0 }, ['name', 'remindAfterHours']],
  ])('are not sent with %s', (_name, part, wrong) => {
    expect(readDraft({ ...draft, ...part })).toEqual({ wrong });
  });

  it('may leave the moment unread when they apply at once', () => {
    expect(readDraft({ ...draft, from: '' }).change).toBeDefined();
  });
});

describe('the chain', () => {
  it.each([
    ['the last', 2, ['a', 'c', 'b']],
    ['the first, which stays', 0, ['a', 'b', 'c']],
  ])('moves %s up', (_name, index, expected) => {
    expect(movedUp(['a', 'b', 'c'], index)).toEqual(expected);
  });

  it('gives each recipient a key of its own', () => {
    expect(nextKey([])).toBe(0);
    expect(nextKey([person, { ...person, key: 3 }])).toBe(10);
  });
});
