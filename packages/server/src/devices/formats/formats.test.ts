import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORMATS } from './formats.ts';
import type { Reading } from './reading.ts';

type Model = keyof typeof FORMATS;

/** Name, port, payload in hexadecimal, and what it says. */
type Read = readonly [name: string, port: number, hex: string, readings: readonly Reading[]];

/** Name, port, payload in hexadecimal, and a part of the reason. */
type Refused = readonly [name: string, port: number, hex: string, why: string];

const settings = { thresholdMm: 1500 };
const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const ascii = (text: string) => Buffer.from(text, 'latin1').toString('hex');
const decode = (model: Model, port: number, bytes: Uint8Array) =>
  FORMATS[model](port, bytes, settings);

const READ: Record<Model, readonly Read[]> = {
  'bosch-tps110': [
    ['a car left', 1, '00', [{ kind: 'change', occupied: false }]],
    ['a car came (example of the maker)', 1, '01', [{ kind: 'change', occupied: true }]],
    ['reserved bits do not matter', 1, 'fe', [{ kind: 'change', occupied: false }]],
    ['a heartbeat of old firmware', 2, '01', [{ kind: 'heartbeat', occupied: true }]],
    [
      'a heartbeat below zero (example of the maker)',
      2,
      '01 ff',
      [{ kind: 'heartbeat', occupied: true, temperatureC: -1 }],
    ],
    [
      'a heartbeat in the sun',
      2,
      '00 2d',
      [{ kind: 'heartbeat', occupied: false, temperatureC: 45 }],
    ],
    [
      'a start with two debug codes (example of the maker)',
      3,
      '24030000 75030000 00000000 001d02 03 01',
      [{ kind: 'startup', occupied: true, firmware: '0.29.2' }],
    ],
    [
      'a start of old firmware, seen in the field',
      3,
      '0000000099020206006F0000 001703 02 00',
      [{ kind: 'startup', occupied: false, firmware: '0.23.3' }],
    ],
    [
      'a start with a car, another cause of the reset',
      3,
      '00000000 00000000 00000000 001d04 02 01',
      [{ kind: 'startup', occupied: true, firmware: '0.29.4' }],
    ],
    ['a debug message', 6, '00010203040506070809', [{ kind: 'debug', occupied: null }]],
  ],
  'nwave-nps405': [
    [
      'a car came after 74 s (example of the maker)',
      1,
      '95',
      [{ kind: 'change', occupied: true, previousStateMs: 74_000 }],
    ],
    ['a car left at once', 1, '00', [{ kind: 'change', occupied: false, previousStateMs: 0 }]],
    ['a step of 1 s', 1, 'b2', [{ kind: 'change', occupied: false, previousStateMs: 89_000 }]],
    ['a step of 5 s', 1, 'b6', [{ kind: 'change', occupied: false, previousStateMs: 95_000 }]],
    ['a step of 1 min', 1, 'f3', [{ kind: 'change', occupied: true, previousStateMs: 300_000 }]],
    [
      'eleven minutes less one',
      1,
      'fd',
      [{ kind: 'change', occupied: true, previousStateMs: 600_000 }],
    ],
    ['eleven minutes and more: not told', 1, 'ff', [{ kind: 'change', occupied: true }]],
    [
      'a heartbeat (example of the maker)',
      2,
      '00 d3 d8 00 59 0b',
      [{ kind: 'heartbeat', occupied: false, batteryVolts: 3.344, temperatureC: -10 }],
    ],
    [
      'a heartbeat with sick hardware',
      2,
      '05 00 10 00 00 00',
      [
        {
          kind: 'heartbeat',
          occupied: true,
          batteryVolts: 2.5,
          temperatureC: 18,
          fault: 'hardware health 0x02',
        },
      ],
    ],
    [
      'a start (example of the maker)',
      3,
      '02 04 09 02 00',
      [{ kind: 'startup', occupied: false, firmware: '2.4.9' }],
    ],
    [
      'a start after a watchdog reset',
      3,
      '02 04 09 01 01',
      [{ kind: 'startup', occupied: true, firmware: '2.4.9', fault: 'watchdog' }],
    ],
    ['a debug message', 6, '0102', [{ kind: 'debug', occupied: null }]],
    [
      'a permit (example of the maker)',
      10,
      'd1 1f345678',
      [{ kind: 'registration', occupied: true, previousStateMs: 160_000 }],
    ],
    [
      'a permit with the battery of its tag (example of the maker)',
      10,
      'd1 20 1f345678',
      [{ kind: 'registration', occupied: true, previousStateMs: 160_000 }],
    ],
    ['a permit without a car', 10, 'd0 1f345678', [{ kind: 'registration', occupied: null }]],
  ],
  'pni-placepod': [
    ['a car came (seen in the field)', 1, '156601', [{ kind: 'change', occupied: true }]],
    ['a keep-alive (seen in the field)', 1, '376601', [{ kind: 'heartbeat', occupied: true }]],
    [
      'a car left, with battery and temperature (seen in the field)',
      1,
      '0302016D 026700E1 156600',
      [{ kind: 'change', occupied: false, batteryVolts: 3.65, temperatureC: 22.5 }],
    ],
    [
      'left and came in one message (seen in the field)',
      1,
      '156600 156601',
      [
        { kind: 'change', occupied: false },
        { kind: 'change', occupied: true },
      ],
    ],
    [
      'measurements alone (seen in the field)',
      1,
      '0302016c 026700dc',
      [{ kind: 'heartbeat', occupied: null, batteryVolts: 3.64, temperatureC: 22 }],
    ],
    ['frost', 1, '0267ff9c', [{ kind: 'heartbeat', occupied: null, temperatureC: -10 }]],
    [
      'all fields of the manual',
      1,
      '3F0101 376600 210020 156601 0302015E 026700F0 010101',
      [
        { kind: 'startup', occupied: null, batteryVolts: 3.5, temperatureC: 24 },
        { kind: 'heartbeat', occupied: false, batteryVolts: 3.5, temperatureC: 24 },
        { kind: 'change', occupied: true, batteryVolts: 3.5, temperatureC: 24 },
        { kind: 'debug', occupied: null, batteryVolts: 3.5, temperatureC: 24 },
      ],
    ],
    [
      'it was deactivated',
      1,
      '1C0101',
      [{ kind: 'heartbeat', occupied: null, fault: 'deactivated' }],
    ],
    [
      'an error (seen in the field)',
      1,
      '050006 060003',
      [{ kind: 'heartbeat', occupied: null, fault: 'error register 6' }],
    ],
    ['no error', 1, '050000 156601', [{ kind: 'change', occupied: true }]],
    ['a count of vehicles', 1, '210080', [{ kind: 'heartbeat', occupied: null }]],
    ['a keep-alive of the counting sensor', 1, '370020', [{ kind: 'heartbeat', occupied: null }]],
    [
      'an undescribed channel of a known type is passed over',
      1,
      '096701F4 156601',
      [{ kind: 'change', occupied: true }],
    ],
  ],
  cicicom: [
    ['a car left', 1, ascii('C0'), [{ kind: 'change', occupied: false }]],
    ['a car came', 1, ascii('C1'), [{ kind: 'change', occupied: true }]],
    ['a keep-alive', 1, ascii('K'), [{ kind: 'heartbeat', occupied: null }]],
    [
      'a keep-alive with something behind it',
      1,
      ascii('K1'),
      [{ kind: 'heartbeat', occupied: null }],
    ],
    ['a fault', 1, ascii('E07'), [{ kind: 'debug', occupied: null, fault: 'E07' }]],
  ],
  'milesight-em400': [
    [
      'a periodic report, something near (example of the maker)',
      85,
      '017564 0367f800 04820101 050000',
      [{ kind: 'heartbeat', occupied: true, batteryPercent: 100, temperatureC: 24.8 }],
    ],
    [
      'a tilted sensor says nothing (example of the maker)',
      85,
      '01755C 03670101 04824408 050001',
      [
        {
          kind: 'heartbeat',
          occupied: null,
          batteryPercent: 92,
          temperatureC: 25.7,
          fault: 'tilt',
        },
      ],
    ],
    ['nearer than the threshold', 85, '0482db05', [{ kind: 'heartbeat', occupied: true }]],
    ['at the threshold', 85, '0482dc05', [{ kind: 'heartbeat', occupied: false }]],
    ['the limit was crossed', 85, '8482330701', [{ kind: 'change', occupied: false }]],
    ['the limit was crossed back', 85, '8482330100', [{ kind: 'change', occupied: true }]],
    [
      'both limits (example of the maker)',
      85,
      '8367e80001 8482410601',
      [{ kind: 'change', occupied: false, temperatureC: 23.2 }],
    ],
    [
      'the temperature jumped (example of the maker)',
      85,
      '8367220101',
      [{ kind: 'heartbeat', occupied: null, temperatureC: 29 }],
    ],
    ['frost', 85, '03679cff', [{ kind: 'heartbeat', occupied: null, temperatureC: -10 }]],
    [
      'no distance measured',
      85,
      '04820000',
      [{ kind: 'heartbeat', occupied: null, fault: 'distance 0 mm' }],
    ],
    [
      'a distance that no model measures',
      85,
      '0482ffff',
      [{ kind: 'heartbeat', occupied: null, fault: 'distance 65535 mm' }],
    ],
    ['more than full', 85, '0175ff 0482e803', [{ kind: 'heartbeat', occupied: true }]],
    [
      'it joined (example of the maker)',
      85,
      'ff0bff ff0101 ff166329c42903640033 ff090100 ff0a0114 ff0f00',
      [{ kind: 'startup', occupied: null, firmware: '1.14' }],
    ],
    ['a version alone', 85, 'ff0a0101', [{ kind: 'debug', occupied: null, firmware: '1.1' }]],
    [
      'a location is passed over (example of the maker)',
      85,
      '068836bf7701f000090722 0482e803',
      [{ kind: 'heartbeat', occupied: true }],
    ],
  ],
};

const REFUSED: Record<Model, readonly Refused[]> = {
  'bosch-tps110': [
    ['an empty change', 1, '', 'port 1: 0 bytes'],
    ['a change with a byte too many', 1, '01 00', 'port 1: 2 bytes'],
    ['an empty heartbeat', 2, '', 'port 2: 0 bytes'],
    ['a heartbeat with a byte too many', 2, '01 10 00', 'port 2: 3 bytes'],
    ['a start cut off before its state', 3, '24030000750300000000000000 1d0203', 'port 3: 16'],
    ['a debug message cut off', 6, '000102', 'port 6: 3 bytes'],
    ['device information', 4, '001d02', 'port 4 is unknown'],
    ['no port at all', 0, '01', 'port 0 is unknown'],
  ],
  'nwave-nps405': [
    ['an empty change', 1, '', 'port 1: 0 bytes'],
    ['a change with a byte too many', 1, '95 00', 'port 1: 2 bytes'],
    ['a heartbeat cut off', 2, '00 d3 d8', 'port 2: 3 bytes'],
    ['a start cut off before its state', 3, '02 04 09 02', 'port 3: 4 bytes'],
    ['a permit cut off', 10, 'd1 1f3456', 'port 10: 4 bytes'],
    ['a permit with two bytes too many', 10, 'd1 20 1f345678 00', 'port 10: 7 bytes'],
    ['an answer to a setting', 7, '00', 'port 7 is unknown'],
  ],
  'pni-placepod': [
    ['nothing', 1, '', 'empty'],
    ['a state that is neither', 1, '156602', 'presence 2'],
    ['a state of another type', 1, '150001', 'channel 0x15 of type 0x00 is unknown'],
    ['an unknown type', 1, '156601 CAFEBABE', 'channel 0xca of type 0xfe is unknown'],
    ['a field cut off', 1, '156601 0302', 'channel 0x03 of type 0x02 is cut off'],
    ['a byte left over', 1, '156601 15', 'byte 3 is left over'],
  ],
  cicicom: [
    ['nothing', 1, ascii(''), 'neither'],
    ['a change cut off', 1, ascii('C'), "'C' is neither"],
    ['a state that is neither', 1, ascii('C2'), "'C2' is neither"],
    ['a change with something behind it', 1, ascii('C1 '), "'C1 ' is neither"],
    ['small letters', 1, ascii('c1'), "'c1' is neither"],
    ['a line break', 1, ascii('C1\n'), 'not ASCII text'],
    [
      'a message of model S-LG3T (seen in the field)',
      1,
      ascii('73.271\0\x001\x82+33.0'),
      'not ASCII',
    ],
  ],
  'milesight-em400': [
    ['nothing', 85, '', 'empty'],
    ['an unknown channel', 85, '0482e803 0967f800', 'channel 0x09 of type 0x67 is unknown'],
    ['an answer to a setting', 85, 'ff035802', 'channel 0xff of type 0x03 is unknown'],
    ['a distance cut off', 85, '017564 0482e8', 'channel 0x04 of type 0x82 is cut off'],
    ['a byte left over', 85, '0482e803 05', 'byte 4 is left over'],
    ['a position that is neither', 85, '0482e803 050002', 'position 2'],
    ['an alarm that is neither', 85, '8482330702', 'alarm 2'],
  ],
};

const models = Object.keys(FORMATS) as Model[];

describe.each(models)('%s', (model) => {
  it.each(READ[model])('reads: %s', (_name, port, hex, readings) => {
    expect(decode(model, port, bytesOf(hex))).toEqual({ readings });
  });

  it.each(REFUSED[model])('cannot read %s', (_name, port, hex, why) => {
    expect(decode(model, port, bytesOf(hex))).toEqual({ unreadable: expect.stringContaining(why) });
  });
});

describe('every format', () => {
  const model = fc.constantFrom(...models);
  const port = fc.oneof(fc.constantFrom(1, 2, 3, 6, 10, 85), fc.nat(255));

  /** Bytes as they come, and bytes that begin like a message of one of the makes. */
  const beginnings = ['1566', '3766', '0482', '8482', '0175', 'ff0b', '43', '4b', '45', 'd1'];
  const payload = fc.oneof(
    fc.uint8Array({ maxLength: 30 }),
    fc
      .tuple(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 12 }))
      .map(([hex, rest]) => Uint8Array.from([...bytesOf(hex), ...rest])),
  );

  it('never throws, and says at least one thing or why not', () => {
    fc.assert(
      fc.property(model, port, payload, (name, at, bytes) => {
        const decoded = decode(name, at, bytes);
        if ('unreadable' in decoded) expect(decoded.unreadable).not.toBe('');
        else expect(decoded.readings.length).toBeGreaterThan(0);
      }),
      { numRuns: 2000 },
    );
  });

  it('does not touch the bytes, nor those beside them', () => {
    fc.assert(
      fc.property(model, port, payload, (name, at, bytes) => {
        const wide = Uint8Array.from([0x15, 0x66, 1, ...bytes, 0x15, 0x66, 1]);
        const inside = wide.subarray(3, 3 + bytes.length);
        expect(decode(name, at, inside)).toEqual(decode(name, at, bytes));
        expect(inside).toEqual(bytes);
      }),
    );
  });

  it.each([
    ['bosch-tps110', 1, '01'],
    ['bosch-tps110', 3, '24030000 75030000 00000000 001d02 03 01'],
    ['nwave-nps405', 1, '95'],
    ['nwave-nps405', 2, '01 d3 d8 00 59 0b'],
    ['nwave-nps405', 3, '02 04 09 02 01'],
    ['pni-placepod', 1, '156601'],
    ['cicicom', 1, '4331'],
    ['milesight-em400', 85, '0482e803'],
    ['milesight-em400', 85, '8482e80301'],
  ] as const)('%s on port %i reads no beginning of %s', (name, at, hex) => {
    const whole = bytesOf(hex);
    expect(decode(name, at, whole)).toHaveProperty('readings.0.occupied', true);
    for (let length = 0; length < whole.length; length++)
      expect(decode(name, at, whole.subarray(0, length))).toHaveProperty('unreadable');
  });

  it('a message of several fields cut off never tells another state', () => {
    const whole = bytesOf('0302016D 026700E1 156601');
    for (let length = 0; length < whole.length; length++) {
      const decoded = decode('pni-placepod', 1, whole.subarray(0, length));
      const states = 'readings' in decoded ? decoded.readings.map(({ occupied }) => occupied) : [];
      expect(states).not.toContain(false);
    }
  });

  it('reads a payload as long as a network would hand over by mistake', () => {
    const long = new Uint8Array(300_000).fill(0x45);
    const fields = Uint8Array.from({ length: 300_000 }, (_, i) => [0x15, 0x66, 1][i % 3] ?? 0);
    for (const name of models)
      for (const bytes of [long, fields]) expect(() => decode(name, 1, bytes)).not.toThrow();
  });
});
