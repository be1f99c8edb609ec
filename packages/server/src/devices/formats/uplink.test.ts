import { describe, expect, it } from 'vitest';
import { bestRssi, receptionTime } from './uplink.ts';

/** Seconds of one minute; null: not told. */
const at = (seconds: number | null) =>
  seconds === null ? null : new Date(1_800_000_000_000 + seconds * 1000);

describe('the time of reception', () => {
  it.each([
    ['nobody tells it', [], null, null],
    ['only the server tells it', [null], 30, 30],
    ['one gateway heard it just before the server', [29], 30, 29],
    ['a gateway held it back while its line was down', [2], 30, 2],
    ['a gateway is ahead of the server', [40], 30, 30],
    ['one gateway is ahead, one is not', [40, 29], 30, 29],
    ['one gateway is behind the other', [-3600, 29], 30, 29],
    ['the server does not tell it', [28, 29], null, 29],
    ['a gateway without a clock beside one that has it', [null, 29], 30, 29],
  ])('when %s', (_name, gateways, server, expected) => {
    expect(receptionTime(gateways.map(at), at(server))).toEqual(at(expected));
  });
});

describe('the strongest reception', () => {
  it.each([
    ['of none', [], null],
    ['of one', [-101], -101],
    ['of several', [-101, -36, -80], -36],
    ['among some that did not tell', [undefined, -101, null], -101],
    ['without those that were left out', [0, -101], -101],
  ])('%s', (_name, rssis, expected) => {
    expect(bestRssi(rssis)).toBe(expected);
  });
});
