import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTtsStorage, readTtsUp, ttsDown } from './the-things-stack-v3.ts';

const ids = {
  device_id: 'space-12',
  application_ids: { application_id: 'parking' },
  dev_eui: '0004A30B001C0530',
  join_eui: '800000000000000C',
  dev_addr: '00BCB929',
};

const message = {
  session_key_id: 'AXA50tHUGUucuzS/bCGMNw==',
  f_cnt: 43,
  f_port: 1,
  frm_payload: 'lQ==',
  decoded_payload: { occupied: true },
  rx_metadata: [
    {
      gateway_ids: { gateway_id: 'gtw1', eui: '9C5C8E00001A05C4' },
      time: '2026-02-12T15:15:45.787Z',
      timestamp: 2463457000,
      rssi: -101,
      snr: 5,
    },
    { gateway_ids: { gateway_id: 'gtw2' }, timestamp: 12, rssi: -35 },
  ],
  settings: { frequency: '868300000' },
  received_at: '2026-02-12T15:15:45.989585559Z',
};

const up = {
  end_device_ids: ids,
  correlation_ids: ['as:up:01E0WZGT6Y7657CPFPE5WEYDSQ'],
  received_at: '2026-02-12T15:15:46.014773143Z',
  uplink_message: message,
};

/** The uplink with some fields of its message changed. */
const withMessage = (changed: object) => ({ ...up, uplink_message: { ...message, ...changed } });

const read = {
  network: 'the-things-stack',
  deviceEui: '0004a30b001c0530',
  key: 'AXA50tHUGUucuzS/bCGMNw==:43',
  at: new Date('2026-02-12T15:15:45.787Z'),
  port: 1,
  bytes: Uint8Array.from([0x95]),
  object: { occupied: true },
  rssiDbm: -35,
  simulated: false,
  frameCount: 43,
};

describe('an uplink of The Things Stack', () => {
  it('is read as it is sent', () => {
    expect(readTtsUp(up)).toEqual(read);
  });

  it('may leave out zeros and empty fields', () => {
    expect(readTtsUp({ end_device_ids: ids, uplink_message: { session_key_id: 'AQ==' } })).toEqual({
      ...read,
      key: 'AQ==:0',
      at: null,
      port: 0,
      bytes: new Uint8Array(),
      object: null,
      rssiDbm: null,
      frameCount: 0,
    });
  });

  it('carries on that it is simulated', () => {
    const simulated = { ...withMessage({ session_key_id: undefined }), simulated: true };
    expect(readTtsUp(simulated)).toMatchObject({
      simulated: true,
      key: '0004a30b001c0530@2026-02-12T15:15:45.989Z:43',
    });
  });

  it.each([
    ['counts as text', { f_cnt: '44', f_port: '1' }, { frameCount: 44, port: 1 }],
    [
      'no gateway with a clock',
      { rx_metadata: [{ rssi: -80 }] },
      { at: new Date('2026-02-12T15:15:45.989Z') },
    ],
    [
      'no time of the network server',
      { rx_metadata: [], received_at: undefined },
      { at: new Date('2026-02-12T15:15:46.014Z') },
    ],
  ])('may have %s', (_name, changed, expected) => {
    expect(readTtsUp(withMessage(changed))).toMatchObject(expected);
  });

  it.each([
    ['is another message', { end_device_ids: ids, join_accept: {} }, 'uplink_message'],
    ['has no EUI', { ...up, end_device_ids: { device_id: 'a' } }, 'end_device_ids.dev_eui'],
    ['is still encrypted', withMessage({ app_s_key: { key: 'AQ==' } }), 'still encrypted'],
    ['has a payload that is no base64', withMessage({ frm_payload: '%' }), 'frm_payload'],
    ['is no object', 'up', 'the message'],
  ])('that %s cannot be read', (_name, payload, why) => {
    expect(readTtsUp(payload)).toEqual({ unreadable: expect.stringContaining(why) });
  });

  it('never throws, whatever arrives', () => {
    const broken = fc.record({
      key: fc.constantFrom(...Object.keys(message)),
      value: fc.anything(),
    });
    fc.assert(
      fc.property(broken, fc.anything(), ({ key, value }, anything) => {
        readTtsUp(withMessage({ [key]: value }));
        expect(readTtsUp(anything)).toHaveProperty('unreadable');
      }),
    );
  });
});

describe('what The Things Stack stored for us', () => {
  /** The first line of the answer that its documentation shows. */
  const documented =
    '{"result":{"end_device_ids":{"device_id":"dev1","application_ids":{"application_id":"app1"},"dev_eui":"1111111111111111","dev_addr":"014457CB"},"received_at":"2020-08-24T10:08:44.868680817Z","uplink_message":{"session_key_id":"AXPoziFRvbcEguvZQoCCZw==","f_port":10,"f_cnt":43,"frm_payload":"AQoBCgEKAQo=","rx_metadata":[{"gateway_ids":{"gateway_id":"gtw1"},"time":"2020-08-24T10:08:43.385687165Z","timestamp":3313328983}],"received_at":"2020-08-24T10:08:44.634338856Z"}}}';

  it('is read as it is answered', () => {
    expect(readTtsStorage(`${documented}\n`)).toEqual([
      {
        network: 'the-things-stack',
        deviceEui: '1111111111111111',
        key: 'AXPoziFRvbcEguvZQoCCZw==:43',
        at: new Date('2020-08-24T10:08:43.385Z'),
        port: 10,
        bytes: Uint8Array.from([1, 10, 1, 10, 1, 10, 1, 10]),
        object: null,
        rssiDbm: null,
        simulated: false,
        frameCount: 43,
      },
    ]);
  });

  it('has the keys of the live messages', () => {
    expect(readTtsStorage(JSON.stringify({ result: up }))).toEqual([readTtsUp(up)]);
  });

  it('gives an empty answer for nothing', () => {
    expect(readTtsStorage('')).toEqual([]);
    expect(readTtsStorage('\n\r\n')).toEqual([]);
  });

  it('loses no line for another that cannot be read', () => {
    const line = JSON.stringify({ result: up });
    const cut = line.slice(0, 80);
    const error = '{"error":{"code":5,"message":"not found"}}';
    expect(readTtsStorage([line, error, 'null', line, cut].join('\r\n'))).toEqual([
      read,
      { unreadable: `no result in the line: ${error}` },
      { unreadable: 'no result in the line: null' },
      read,
      { unreadable: `no result in the line: ${cut}` },
    ]);
  });
});

describe('a downlink of The Things Stack', () => {
  const bytes = Uint8Array.from([0, 0, 7]);

  it('is what the replacement of the queue asks for', () => {
    expect(JSON.parse(ttsDown({ fPort: 10, bytes, id: 'a' }))).toEqual({
      downlinks: [
        {
          f_port: 10,
          frm_payload: 'AAAH',
          priority: 'NORMAL',
          confirmed: false,
          correlation_ids: ['a'],
        },
      ],
    });
    expect(ttsDown({ fPort: 10, bytes })).not.toContain('correlation_ids');
  });

  it('cannot go to port 0', () => {
    expect(() => ttsDown({ fPort: 0, bytes })).toThrow(RangeError);
  });
});
