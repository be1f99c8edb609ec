import { describe, expect, it } from 'vitest';
import { type ChainLink, Recipient, recipientOf, shownAddress } from './recipients.ts';

describe('a recipient', () => {
  it.each([
    { named: 'a@b.fr', is: { channel: 'mail', address: 'a@b.fr', name: '' } },
    {
      named: { channel: 'sms', address: '+33612345678', name: 'Astreinte', language: 'fr' },
      is: { channel: 'sms', address: '+33612345678', name: 'Astreinte', language: 'fr' },
    },
    { named: { channel: 'mqtt' }, is: { channel: 'mqtt', address: 'street', name: '' } },
    {
      named: { channel: 'mqtt', address: 'north' },
      is: { channel: 'mqtt', address: 'north', name: '' },
    },
  ])('named $named is $is', ({ named, is }) => {
    const given = typeof named === 'string' ? named : Recipient.parse(named);
    expect(recipientOf(given, 'street')).toEqual(is);
  });

  it.each<[ChainLink['channel'], string, string]>([
    ['mail', 'a@b.fr', 'a@b.fr'],
    ['webhook', 'https://police.example:8443/in/T0K3N?key=1', 'https://police.example:8443'],
  ])('by %s at %s is shown as %s', (channel, address, shown) => {
    expect(shownAddress({ channel, address })).toBe(shown);
  });
});
