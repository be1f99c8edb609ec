import type { Recipient } from '@vigie/contracts/recipients';
import { describe, expect, it } from 'vitest';
import { createSealedAddresses } from './sealed-addresses.ts';

const addresses = createSealedAddresses(new Uint8Array(32).fill(1));
const webhook: Recipient = { channel: 'webhook', address: 'https://hook.example/in?token=T0K3N' };
const others: (string | Recipient)[] = [
  'police@example.org',
  { channel: 'sms', address: '+33612345678', name: 'Astreinte' },
  { channel: 'mqtt' },
];

describe('the address of a recipient', () => {
  it('is sealed where it may hold a token, and opens to what it was, time and again', async () => {
    const [kept, ...rest] = await addresses.sealAll([webhook, ...others]);
    expect(JSON.stringify(kept)).not.toMatch(/T0K3N|hook\.example/);
    expect(rest).toEqual(others);
    for (let time = 0; time < 2; time++)
      expect(await addresses.openAll([kept ?? '', ...rest])).toEqual([webhook, ...others]);
  });

  it('stays closed to another key, and what was never sealed stays as it is', async () => {
    const kept = await addresses.seal('webhook', webhook.address);
    const stranger = createSealedAddresses(new Uint8Array(32).fill(2));
    expect(await stranger.open(kept)).toBe(kept);
    expect(await stranger.open(webhook.address)).toBe(webhook.address);
  });
});
