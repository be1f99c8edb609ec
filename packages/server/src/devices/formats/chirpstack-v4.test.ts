import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chirpStackDown, readChirpStackStatus, readChirpStackUp } from './chirpstack-v4.ts';

const deviceInfo = {
  tenantId: '52f14cd4-c6f1-4fbd-8f87-4025e1d49242',
  tenantName: 'ChirpStack',
  applicationId: '17c82e96-be03-4f38-aef3-f83d48582d97',
  applicationName: 'Parking',
  deviceProfileId: '14855bf7-d10d-4aee-b618-ebfcb64dc7ad',
  deviceProfileName: 'TPS110',
  deviceName: 'Space 12',
  devEui: '0004A30B001C0530',
  tags: { key: 'value' },
};

const deduplicationId = '3ac7e3c4-4401-4b8d-9386-a5c902f9202d';

/** As version 4.9 sends it. */
const up = {
  deduplicationId,
  time: '2026-07-18T09:34:15.775023242+00:00',
  deviceInfo,
  devAddr: '00189440',
  adr: true,
  dr: 1,
  fCnt: 599,
  fPort: 2,
  confirmed: true,
  data: 'Af8=',
  object: { occupied: true },
  rxInfo: [
    {
      gatewayId: '0016c001f153a14c',
      uplinkId: 4217106255,
      gwTime: '2026-07-18T09:34:15.775023+00:00',
      nsTime: '2026-07-18T09:34:15.990214+00:00',
      rssi: -101,
      snr: 8.8,
      context: 'E3OWOQ==',
    },
    { gatewayId: '0016c001f153a14d', nsTime: '2026-07-18T09:34:16.1+00:00', rssi: -36, snr: 10.5 },
  ],
  txInfo: { frequency: 867100000 },
  regionConfigId: 'eu868',
};

describe('an uplink of ChirpStack', () => {
  it('is read as it is sent', () => {
    expect(readChirpStackUp(up)).toEqual({
      network: 'chirpstack',
      deviceEui: '0004a30b001c0530',
      key: deduplicationId,
      at: new Date('2026-07-18T09:34:15.775Z'),
      port: 2,
      bytes: Uint8Array.from([1, 255]),
      object: { occupied: true },
      rssiDbm: -36,
      simulated: false,
      frameCount: 599,
    });
  });

  it('may leave out zeros, empty fields and what has no value', () => {
    expect(readChirpStackUp({ deduplicationId, deviceInfo, rxInfo: [{ gatewayId: 'a' }] })).toEqual(
      {
        network: 'chirpstack',
        deviceEui: '0004a30b001c0530',
        key: deduplicationId,
        at: null,
        port: 0,
        bytes: new Uint8Array(),
        object: null,
        rssiDbm: null,
        simulated: false,
        frameCount: 0,
      },
    );
  });

  it.each([
    ['counts as text', { fCnt: '70000', fPort: '2' }, { frameCount: 70_000, port: 2 }],
    [
      'null for nothing',
      { fCnt: null, object: null, rxInfo: null },
      { frameCount: 0, object: null },
    ],
    ['no context of a join server', { joinServerContext: null }, { port: 2 }],
    [
      'the gateway time by its old name, no server time',
      { time: '2026-07-18T09:34:15Z', rxInfo: [{ time: '2026-07-18T09:34:14Z' }] },
      { at: new Date('2026-07-18T09:34:14Z') },
    ],
    [
      'a gateway whose clock is ahead',
      { rxInfo: [{ gwTime: '2030-01-01T00:00:00Z', nsTime: '2026-07-18T09:34:15Z' }] },
      { at: new Date('2026-07-18T09:34:15Z') },
    ],
    [
      'gateways without a clock, of which the first copy counts',
      { rxInfo: [{ nsTime: '2026-07-18T09:34:16Z' }, {}, { nsTime: '2026-07-18T09:34:15Z' }] },
      { at: new Date('2026-07-18T09:34:15Z') },
    ],
    ['a time that is none', { time: 'soon', rxInfo: [] }, { at: null }],
  ])('may have %s', (_name, changed, expected) => {
    expect(readChirpStackUp({ ...up, ...changed })).toMatchObject(expected);
  });

  it.each([
    ['is still encrypted', { joinServerContext: { sessionKeyId: 'AQ==' } }, 'still encrypted'],
    ['has no key', { deduplicationId: undefined }, 'deduplicationId'],
    ['has an empty key', { deduplicationId: '' }, 'deduplicationId'],
    ['has no device', { deviceInfo: undefined }, 'deviceInfo'],
    ['has a short EUI', { deviceInfo: { devEui: '0004A30B' } }, 'deviceInfo.devEui'],
    ['has data that is no base64', { data: 'Af8' }, 'data: no base64'],
    ['has a negative port', { fPort: -1 }, 'fPort'],
    ['has a port in words', { fPort: 'two' }, 'fPort'],
  ])('that %s cannot be read', (_name, changed, why) => {
    expect(readChirpStackUp({ ...up, ...changed })).toEqual({
      unreadable: expect.stringContaining(why),
    });
  });

  it('never throws, whatever arrives', () => {
    const broken = fc.record({ key: fc.constantFrom(...Object.keys(up)), value: fc.anything() });
    fc.assert(
      fc.property(broken, fc.anything(), ({ key, value }, anything) => {
        readChirpStackUp({ ...up, [key]: value });
        expect(readChirpStackUp(anything)).toHaveProperty('unreadable');
      }),
    );
  });
});

describe('a status of ChirpStack', () => {
  const status = { deduplicationId, time: '2026-07-18T09:35:06.9+00:00', deviceInfo };

  it.each([
    ['battery and margin', { margin: 10, batteryLevel: 88.3 }, [10, 88.3, false]],
    ['a negative margin', { margin: -7, batteryLevel: 50 }, [-7, 50, false]],
    ['all left out', {}, [0, null, false]],
    ['a zero that stands for nothing', { batteryLevel: 0 }, [0, null, false]],
    ['less than nothing', { batteryLevel: -1 }, [0, null, false]],
    ['more than all', { margin: 1, batteryLevel: 255 }, [1, null, false]],
    ['external power', { externalPowerSource: true, batteryLevel: 0 }, [0, null, true]],
    [
      'a device that cannot tell',
      { batteryLevelUnavailable: true, batteryLevel: 0, margin: 3 },
      [3, null, false],
    ],
  ] as const)('tells %s', (_name, told, [marginDb, batteryPercent, hasExternalPower]) => {
    expect(readChirpStackStatus({ ...status, ...told })).toEqual({
      deviceEui: '0004a30b001c0530',
      key: deduplicationId,
      at: new Date('2026-07-18T09:35:06.900Z'),
      marginDb,
      batteryPercent,
      hasExternalPower,
    });
  });

  it('cannot be read without a device', () => {
    expect(readChirpStackStatus({ deduplicationId })).toEqual({
      unreadable: expect.stringContaining('deviceInfo'),
    });
  });
});

describe('a downlink of ChirpStack', () => {
  const down = { devEui: '0004a30b001c0530', fPort: 10, bytes: Uint8Array.from([0, 0, 7]) };

  it('is what the command asks for', () => {
    expect(JSON.parse(chirpStackDown({ ...down, id: 'a' }))).toEqual({
      id: 'a',
      devEui: '0004a30b001c0530',
      fPort: 10,
      confirmed: false,
      data: 'AAAH',
    });
    expect(JSON.parse(chirpStackDown(down))).not.toHaveProperty('id');
  });

  it.each([0, 224, -1, 1.5, Number.NaN])('cannot go to port %d', (fPort) => {
    expect(() => chirpStackDown({ ...down, fPort })).toThrow(RangeError);
  });
});
