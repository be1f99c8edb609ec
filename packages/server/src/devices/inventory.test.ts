import type { Bollard } from '@vigie/contracts/devices';
import { describe, expect, it } from 'vitest';
import { type InventoryLine, inventoryRows, planImport, spacesNamedIn } from './inventory.ts';

const bollard = (id: string, part: Partial<Bollard> = {}): Bollard => ({
  id,
  spaceId: part.spaceIds?.[0] ?? null,
  spaceIds: [],
  model: 'vigie',
  deviceEui: null,
  life: 'in-service',
  online: true,
  lastSeenAt: '2026-06-01T08:00:00.000Z',
  heartbeatMs: 900_000,
  batteryPercent: 81.5,
  rssiDbm: null,
  temperatureC: null,
  firmware: '1.2',
  replacedBy: null,
  ...part,
});

const eui = '0011223344556677';
const known = [
  bollard('b1', { spaceIds: ['s1'] }),
  bollard('b2', { spaceIds: ['s2', 's3'], deviceEui: eui, heartbeatMs: 60_000 }),
  bollard('b3', { life: 'retired' }),
  bollard('b4', { life: 'replaced', replacedBy: 'b2' }),
  bollard('b5', { spaceIds: ['s4'], model: 'unheard-of', heartbeatMs: null }),
];
const spaceIds = new Set(['s1', 's2', 's3', 's4', 's5']);

const plan = (...fields: InventoryLine['fields'][]) =>
  planImport(
    fields.map((one, at) => ({ line: at + 2, fields: one })),
    { bollards: known, spaceIds },
  );

describe('an inventory', () => {
  it('that comes back as it was given out changes nothing', () => {
    expect(plan(...inventoryRows(known))).toEqual({
      changes: [],
      unchanged: 5,
      wrong: [],
      bollards: [],
    });
  });

  it.each<[string, InventoryLine['fields'], object]>([
    [
      'adds a device with the promises of its model',
      { id: 'n1', spaces: 's5', model: 'bosch-tps110', eui: 'AA-BB-CC-DD-00-11-22-33' },
      { spaceId: 's5', alsoServes: [], model: 'bosch-tps110', deviceEui: 'aabbccdd00112233' },
    ],
    [
      'moves a device and leaves alone what has no column',
      { id: 'b2', spaces: 's5' },
      { spaceId: 's5', alsoServes: [], model: 'vigie', deviceEui: eui, heartbeatMs: 60_000 },
    ],
    [
      'takes an EUI and a heartbeat away where the cell is empty',
      { id: 'b2', eui: '', heartbeat_ms: '' },
      { spaceId: 's2', alsoServes: ['s3'], model: 'vigie' },
    ],
    [
      'gives a device a second space',
      { id: 'b1', spaces: 's1, s5' },
      { spaceId: 's1', alsoServes: ['s5'], model: 'vigie' },
    ],
    [
      'puts a retired device back into service',
      { id: 'b3', spaces: 's5' },
      { spaceId: 's5', alsoServes: [], model: 'vigie' },
    ],
  ])('%s', (_name, fields, wanted) => {
    const { bollards, wrong } = plan(fields);
    expect(wrong).toEqual([]);
    expect(bollards).toEqual([{ id: fields.id, ...wanted }]);
  });

  it('says of each change what was and what will be', () => {
    expect(plan({ id: 'b1', spaces: 's5', model: 'cicicom', heartbeat_ms: '' }).changes).toEqual([
      {
        line: 2,
        id: 'b1',
        isNew: false,
        fields: [
          { column: 'spaces', from: 's1', to: 's5' },
          { column: 'model', from: 'vigie', to: 'cicicom' },
          { column: 'heartbeat_ms', from: '900000', to: '86400000' },
        ],
      },
    ]);
  });

  it('minds neither the order of spaces nor words of the past', () => {
    const fields = { id: 'b2', spaces: 's3 s2', life: 'late', firmware: '9' };
    expect(plan(fields)).toMatchObject({ changes: [], unchanged: 1 });
  });

  it.each<[string, string, InventoryLine['fields']]>([
    ['id-wrong', 'b 1', { id: 'b 1', spaces: 's1' }],
    ['spaces-missing', '', { id: 'n1' }],
    ['spaces-missing', '', { id: 'b1', spaces: '' }],
    ['spaces-missing', '', { id: 'b3', model: 'cicicom' }],
    ['space-unknown', 's9', { id: 'b1', spaces: 's1 s9' }],
    ['model-wrong', 'm'.repeat(81), { id: 'b1', model: 'm'.repeat(81) }],
    ['eui-wrong', '1.12233e+13', { id: 'b1', eui: '1.12233E+13' }],
    ['eui-taken', eui, { id: 'b1', eui }],
    ['heartbeat-wrong', '999', { id: 'b1', heartbeat_ms: '999' }],
    ['heartbeat-wrong', '15 min', { id: 'b1', heartbeat_ms: '15 min' }],
    ['device-replaced', 'b4', { id: 'b4', spaces: 's1' }],
  ])('names %s: %s', (problem, value, fields) => {
    const { wrong, bollards } = plan(fields);
    expect(wrong).toMatchObject([{ line: 2, problem, value, remedy: expect.any(String) }]);
    expect(bollards).toEqual([]);
  });

  it('refuses more spaces than a device can serve', () => {
    const many = Array.from({ length: 10 }, (_, at) => `t${at}`);
    const { wrong } = planImport([{ line: 2, fields: { id: 'n1', spaces: many.join(' ') } }], {
      bollards: [],
      spaceIds: new Set(many),
    });
    expect(wrong).toMatchObject([{ problem: 'spaces-too-many' }]);
  });

  it('names an id and an EUI that stand there twice, on the later line', () => {
    const other = 'aabbccdd00112233';
    const { wrong } = plan(
      { id: 'n1', spaces: 's1', eui: other },
      { id: 'n2', spaces: 's1', eui: other },
      { id: 'n1', spaces: 's2' },
    );
    expect(wrong).toMatchObject([
      { line: 3, problem: 'eui-taken', value: other },
      { line: 4, problem: 'id-twice', value: 'n1' },
    ]);
  });

  it('asks once for each space that it names', () => {
    const lines = [{ spaces: 's1 s2' }, { spaces: 's2,s3' }, {}];
    expect(spacesNamedIn(lines.map((fields, line) => ({ line, fields })))).toEqual([
      's1',
      's2',
      's3',
    ]);
  });
});
