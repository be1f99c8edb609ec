import { describe, expect, it } from 'vitest';
import { isFromElsewhere, type Provenance } from './origin.ts';

const ours: Provenance = {
  method: 'POST',
  protocol: 'https',
  host: 'vigie.example',
  origin: 'https://vigie.example',
  site: 'same-origin',
  mode: 'cors',
};

describe('a request', () => {
  it.each<[string, Partial<Provenance>]>([
    ['our own page', {}],
    ['a program', { origin: undefined, site: undefined, mode: undefined }],
    ['a browser that says no site, as without TLS', { site: undefined, mode: undefined }],
    ['an address that was typed', { method: 'GET', origin: undefined, site: 'none' }],
    [
      'a link in a letter',
      { method: 'GET', origin: undefined, site: 'cross-site', mode: 'navigate' },
    ],
    [
      'our page at a proxy that is not trusted to say https',
      { protocol: 'http', origin: 'https://vigie.example' },
    ],
  ])('comes from here when it is of %s', (_name, change) => {
    expect(isFromElsewhere({ ...ours, ...change })).toBe(false);
  });

  it.each<[string, Partial<Provenance>]>([
    ['a page of another site', { origin: 'https://elsewhere.example', site: undefined }],
    ['a page of a neighbouring site', { origin: undefined, site: 'same-site' }],
    ['another port of this machine', { origin: 'https://vigie.example:8443', site: undefined }],
    ['a page that hides where it is from', { origin: 'null', site: undefined }],
    ['our name, but without TLS', { origin: 'http://vigie.example', site: undefined }],
    [
      'a form elsewhere that leads here',
      { origin: undefined, site: 'cross-site', mode: 'navigate' },
    ],
    ['a stream that another page opens', { method: 'GET', origin: undefined, site: 'cross-site' }],
  ])('comes from elsewhere when it is of %s', (_name, change) => {
    expect(isFromElsewhere({ ...ours, ...change })).toBe(true);
  });
});
