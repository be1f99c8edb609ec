import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRow } from './csv.ts';

/** Reads RFC 4180 back, one row. */
function cellsOf(row: string): string[] {
  const cells = [...`,${row.replace(/\r\n$/, '')}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^",]*))/g)];
  return cells.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');
}

describe('a row of a table', () => {
  it.each([
    { name: 'plain text', cell: 'Place 12', text: 'Place 12' },
    { name: 'nothing', cell: null, text: '' },
    { name: 'a number below zero', cell: -1.5, text: '-1.5' },
    { name: 'a moment', cell: new Date('2026-03-29T01:00:00.250Z'), text: '2026-03-29T01:00:00Z' },
    { name: 'a comma', cell: 'a,b', text: '"a,b"' },
    { name: 'a quote', cell: 'a"b', text: '"a""b"' },
    { name: 'a line end', cell: 'a\r\nb', text: '"a\r\nb"' },
    { name: 'an edge of spaces', cell: ' a', text: '" a"' },
    { name: 'a formula', cell: '=1+1', text: `"'=1+1"` },
    { name: 'a formula behind spaces', cell: '  @SUM(A1)', text: `"'  @SUM(A1)"` },
    { name: 'a formula behind a tab', cell: '\t=1', text: `"'\t=1"` },
    { name: 'a full-width formula', cell: '＝1', text: `"'＝1"` },
    { name: 'a call that begins with a plus', cell: '+33 1', text: `"'+33 1"` },
    { name: 'a call that begins with a minus', cell: '-2+3|cmd', text: `"'-2+3|cmd"` },
  ])('writes $name', ({ cell, text }) => {
    expect(csvRow([cell])).toBe(`${text}\r\n`);
  });

  it('gives back any texts, a formula behind its apostrophe', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (texts) => {
        const read = cellsOf(csvRow(texts));
        expect(read).toHaveLength(texts.length);
        for (const [index, text] of texts.entries()) {
          expect([text, `'${text}`]).toContain(read[index]);
          expect(read[index]).not.toMatch(/^\s*[=+\-@]/);
        }
      }),
    );
  });
});
