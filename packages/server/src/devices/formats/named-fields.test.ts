import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNamedFields } from './named-fields.ts';

describe('named fields', () => {
  it.each([
    ['a boolean', { occupied: true }, true],
    ['one', { occupied: 1 }, true],
    ['zero', { occupied: 0 }, false],
    ['the word occupied', { occupied: 'occupied' }, true],
    ['the word free', { status: 'free' }, false],
    ['the word vacant, in capitals', { parking_status: 'VACANT' }, false],
    ['a digit as text', { presence: '1' }, true],
    ['occupancy', { occupancy: false }, false],
    ['car', { car: true }, true],
    ['a name in another spelling', { parkingStatus: 'Occupied' }, true],
    ['two fields that agree', { occupied: true, status: 'occupied' }, true],
    ['a field that is null beside one that is not', { occupied: null, car: 1 }, true],
  ])('read %s', (_name, object, occupied) => {
    expect(readNamedFields(object)).toEqual({ readings: [{ kind: 'change', occupied }] });
  });

  it.each([
    ['change', 'change'],
    ['heartbeat', 'heartbeat'],
    ['keep_alive', 'heartbeat'],
    ['keep-alive', 'heartbeat'],
    ['Keep Alive', 'heartbeat'],
    ['startup', 'startup'],
    ['registration', 'registration'],
    ['debug', 'debug'],
    ['parking status', 'change'],
    ['user_registration', 'registration'],
  ])('take the word %s for the kind %s', (word, kind) => {
    for (const name of ['kind', 'event', 'type'])
      expect(readNamedFields({ [name]: word, occupied: true })).toEqual({
        readings: [{ kind, occupied: true }],
      });
  });

  it.each([
    [
      'a heartbeat with all measurements',
      {
        kind: 'heartbeat',
        occupied: false,
        battery_percent: 81,
        battery_voltage: 3.61,
        temperature: -4.5,
        rssi: -101,
        firmware_version: '2.4.9',
        error: 'magnet',
      },
      {
        kind: 'heartbeat',
        occupied: false,
        batteryPercent: 81,
        batteryVolts: 3.61,
        temperatureC: -4.5,
        rssiDbm: -101,
        firmware: '2.4.9',
        fault: 'magnet',
      },
    ],
    [
      'a Cicicom S-LG3T by its network (seen in the field)',
      { temperature: '+33.0', batteryVoltage: '3.27', tag: 'SVL283', carStatus: 1 },
      { kind: 'change', occupied: true, batteryVolts: 3.27, temperatureC: 33 },
    ],
    [
      'a Bosch TPS110 by its network (example of the maker)',
      { type: 'heartbeat', occupied: true, temperature: -1 },
      { kind: 'heartbeat', occupied: true, temperatureC: -1 },
    ],
    [
      'how long the state before lasted',
      { occupied: true, previous_state_ms: 60_000 },
      { kind: 'change', occupied: true, previousStateMs: 60_000 },
    ],
    ['measurements alone', { temp: 20 }, { kind: 'heartbeat', occupied: null, temperatureC: 20 }],
    ['a start', { event: 'startup' }, { kind: 'startup', occupied: null }],
    [
      'another car',
      { occupied: 1, new_vehicle: true },
      { kind: 'change', occupied: true, isNewVehicle: true },
    ],
    ['percent', { car: 0, battery: 64 }, { kind: 'change', occupied: false, batteryPercent: 64 }],
    ['a battery that may be volts', { car: 0, battery: 3.6 }, { kind: 'change', occupied: false }],
    [
      'measurements out of all reason',
      { car: 0, temperature: 850, rssi: 0, battery_level: 255, vbat: 'low' },
      { kind: 'change', occupied: false },
    ],
    [
      'unknown fields',
      { car: 0, hw_health_status: 7, list: [1] },
      { kind: 'change', occupied: false },
    ],
  ])('read %s', (_name, object, reading) => {
    expect(readNamedFields(object)).toEqual({ readings: [reading] });
  });

  it.each([
    ['an unknown word', { status: 'online' }, "status = 'online': the value is unknown"],
    ['a number that is neither', { occupied: 2 }, 'occupied = 2: the value is unknown'],
    ['an object', { occupied: { value: true } }, 'occupied = object: the value is unknown'],
    ['a word of the language itself', { status: 'constructor' }, "status = 'constructor'"],
    [
      'two states that contradict each other',
      { occupied: true, status: 'free' },
      "occupied = true and status = 'free' contradict each other",
    ],
    ['an unknown kind', { type: 'uplink', occupied: 1 }, "type = 'uplink': the value is unknown"],
    [
      'two kinds that contradict each other',
      { kind: 'change', event: 'heartbeat', occupied: 1 },
      "kind = 'change' and event = 'heartbeat' contradict each other",
    ],
    ['a change of nothing', { kind: 'change' }, 'a change that does not say of what'],
    ['nothing we know', { humidity: 40 }, 'no field says anything'],
    ['nothing', {}, 'no field says anything'],
    ['a list', [{ occupied: true }], 'not an object'],
    ['null', null, 'not an object'],
    ['a text', 'occupied', 'not an object'],
  ])('refuse %s', (_name, object, why) => {
    expect(readNamedFields(object)).toEqual({ unreadable: expect.stringContaining(why) });
  });

  it('never throw, whatever they are given', () => {
    const name = fc.oneof(
      fc.constantFrom('occupied', 'status', 'kind', 'battery', 'fault', '__proto__', 'newVehicle'),
      fc.string(),
    );
    const anything = fc.anything({ withBigInt: true, withNullPrototype: true, withDate: true });
    fc.assert(
      fc.property(fc.oneof(fc.dictionary(name, anything), anything), (object) => {
        const decoded = readNamedFields(object);
        expect('unreadable' in decoded || decoded.readings.length === 1).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
