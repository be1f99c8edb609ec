import { describe, expect, it } from 'vitest';
import type { InventoryRow } from './inventory.ts';
import { csvOf, readCsv, readYaml, yamlOf } from './inventory-file.driver.ts';

const row: InventoryRow = {
  id: 'b1',
  spaces: 's1 s2',
  model: '=a;"b"\nc',
  eui: '0011223344556677',
  heartbeat_ms: '900000',
  life: 'in-service',
  last_seen: '2026-06-01T08:00:00.000Z',
  battery_percent: '',
  firmware: '1e5',
};

describe('an inventory file', () => {
  it('comes back from CSV as it was written, and begins no formula', () => {
    const text = csvOf([row]);
    expect(text).toMatch(/^\ufeffid;spaces;.*\r\nb1;s1 s2;"'=a;""b""/);
    expect(readCsv(text)).toEqual([{ line: expect.any(Number), fields: row }]);
  });

  it('comes back from YAML as it was written, numbers of digits too', () => {
    const { battery_percent: _none, ...told } = row;
    expect(readYaml(yamlOf([row]))).toEqual([{ line: 1, fields: told }]);
  });

  it.each([
    ['semicolons', 'id;eui\nb1;00\n\nb2;11\n'],
    ['commas', 'id,eui\nb1,00\n\nb2,11\n'],
    ['tabulators', 'ID\teui\r\nb1\t00\r\n\r\nb2\t11'],
  ])('is read with %s, and its lines are counted as in an editor', (_name, text) => {
    expect(readCsv(text)).toEqual([
      { line: 2, fields: { id: 'b1', eui: '00' } },
      { line: 4, fields: { id: 'b2', eui: '11' } },
    ]);
  });

  it('that refers to itself again and again stays as small as it was sent', () => {
    const levels = Array.from({ length: 12 }, (_, n) => {
      const ten = Array(10).fill(`*l${n}`).join(',');
      return `- { id: b${n}, spaces: &l${n + 1} [${n === 0 ? 's1' : ten}] }`;
    });
    const text = levels.join('\n');
    expect(JSON.stringify(readYaml(text)).length).toBeLessThan(2 * text.length);
  });

  it('is read from YAML with lists, no quotes and nothing', () => {
    const text =
      '# stock\n- id: b1\n  spaces: [s1, s2]\n  eui: 0011223344556677\n- id: b2\n  eui: null\n';
    expect(readYaml(text)).toEqual([
      { line: 2, fields: { id: 'b1', spaces: 's1 s2', eui: '0011223344556677' } },
      { line: 5, fields: { id: 'b2', eui: '' } },
    ]);
  });

  it.each([
    ['CSV with a quote that never ends', () => readCsv('id;eui\nb1;"00\n')],
    ['CSV with a line that is too short', () => readCsv('id;eui;model\nb1;00\n')],
    ['CSV without ids', () => readCsv('eui\n00\n')],
    ['YAML that is none', () => readYaml('- id: [')],
    ['YAML that is no list', () => readYaml('id: b1')],
    ['YAML with something else in its list', () => readYaml('- b1')],
  ])('is refused: %s', (_name, read) => {
    expect(read).toThrow(expect.objectContaining({ code: 'devices/inventory-unreadable' }));
  });
});
