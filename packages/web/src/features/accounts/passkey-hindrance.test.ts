import { describe, expect, it } from 'vitest';
import { hindranceOf, type PasskeyHindrance } from './passkey-hindrance.ts';

const town = 'https://vigie.ville.fr';
const local = 'http://localhost:8080';
const rows: {
  name: string;
  offer: string | null;
  at: string;
  isSecure?: boolean;
  hasPasskeys?: boolean;
  hindrance?: PasskeyHindrance;
}[] = [
  { name: 'the public address', offer: town, at: town },
  { name: 'the machine itself', offer: local, at: local },
  {
    name: 'plain http without a public address',
    offer: local,
    at: 'http://192.168.1.5:8080',
    isSecure: false,
    hindrance: 'insecure',
  },
  {
    name: 'plain http as the public address',
    offer: null,
    at: 'http://vigie.ville.fr',
    isSecure: false,
    hindrance: 'insecure',
  },
  {
    name: 'plain http beside a public address with https',
    offer: town,
    at: 'http://vigie.ville.fr',
    isSecure: false,
    hindrance: 'elsewhere',
  },
  {
    name: 'a proxy with https that nobody told the server of',
    offer: local,
    at: town,
    hindrance: 'no-address',
  },
  {
    name: 'an address without a name',
    offer: null,
    at: 'https://192.168.1.5',
    hindrance: 'no-address',
  },
  {
    name: 'the machine itself by its number',
    offer: local,
    at: 'http://127.0.0.1:8080',
    hindrance: 'elsewhere',
  },
  { name: 'an old browser', offer: town, at: town, hasPasskeys: false, hindrance: 'unsupported' },
];

describe('passkeys', () => {
  it.each(rows)('at $name: $hindrance', ({ offer, at, hindrance, ...page }) => {
    const { isSecure = true, hasPasskeys = true } = page;
    expect(hindranceOf({ origin: offer }, { origin: at, isSecure, hasPasskeys })).toBe(hindrance);
  });
});
