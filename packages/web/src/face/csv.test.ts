import { describe, expect, it } from 'vitest';
import { csvFrom } from './csv.ts';

describe('a table as CSV', () => {
  it.each<[string, (string | number)[], string]>([
    ['plain cells', ['a', 1], 'a;1'],
    ['a separator', ['a;b'], '"a;b"'],
    ['quotes', ['say "no"'], '"say ""no"""'],
    ['line breaks', ['a\nb'], '"a\nb"'],
    ['what a spreadsheet would run', ['=1+1'], "'=1+1"],
    ['a negative number, which is no formula', [-3], '-3'],
  ])('keeps %s', (_name, row, line) => {
    expect(csvFrom([row])).toBe(`\ufeff${line}\r\n`);
  });
});
