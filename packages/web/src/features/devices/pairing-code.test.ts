import { describe, expect, it } from 'vitest';
import { readPairingCode } from './pairing-code.ts';

const eui = 'aabbccddeeff0011';

describe('a code on a device', () => {
  it.each<[string, string, object]>([
    [
      'LoRaWAN with all that a maker adds',
      'LW:D0:1122334455667788:AABBCCDDEEFF0011:AABB1122:OAABBCCDDEEFF:SYYWWNNNNNN:PFOOBAR:CAF2C',
      { deviceEui: eui },
    ],
    [
      'LoRaWAN alone, in small letters',
      ' lw:d0:1122334455667788:aabbccddeeff0011:aabb1122\n',
      { deviceEui: eui },
    ],
    ['an EUI', 'AABBCCDDEEFF0011', { deviceEui: eui }],
    ['an EUI with hyphens', 'AA-BB-CC-DD-EE-FF-00-11', { deviceEui: eui }],
    ['an EUI with blanks', 'AABB CCDD EEFF 0011', { deviceEui: eui }],
    ['a label of ours', 'https://vigie.example.org/b/r-03', { spaceId: 'r-03' }],
    ['a label with a port and a slash', 'http://10.0.0.1:8080/b/S1.b/', { spaceId: 'S1.b' }],
  ])('is read: %s', (_name, text, said) => {
    expect(readPairingCode(text)).toEqual(said);
  });

  it.each([
    ['nothing', ''],
    ['another word', 'bonjour'],
    ['an EUI that is too short', 'AABBCCDDEEFF001'],
    ['LoRaWAN with a broken EUI', 'LW:D0:1122334455667788:AABBCCDDEEFF001:AABB1122'],
    ['LoRaWAN whose profile runs on', 'LW:D0:1122334455667788:AABBCCDDEEFF0011:AABB11223'],
    ['another page', 'https://vigie.example.org/parking/r-03'],
    ['an id that is none', 'https://vigie.example.org/b/..%2f'],
    ['another kind of address', 'mailto:a@example.org'],
  ])('is refused: %s', (_name, text) => {
    expect(readPairingCode(text)).toBeUndefined();
  });
});
