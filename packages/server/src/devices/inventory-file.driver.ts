import { InventoryColumn } from '@vigie/contracts/inventory';
import { CsvError, parse as parseCsv } from 'csv-parse/sync';
import { stringify as stringifyCsv } from 'csv-stringify/sync';
import { isMap, isScalar, isSeq, LineCounter, parseDocument, stringify, type YAMLMap } from 'yaml';
import { InvalidInput } from '../platform/errors.ts';
import type { InventoryLine, InventoryRow } from './inventory.ts';

/** `;` between cells and a byte order mark, as the town's spreadsheets want it; nothing that one would take for a formula. */
export const csvOf = (rows: readonly InventoryRow[]): string =>
  stringifyCsv([...rows], {
    header: true,
    columns: [...InventoryColumn.options],
    delimiter: ';',
    record_delimiter: '\r\n',
    bom: true,
    escape_formulas: true,
  });

/** A list, one entry a device; what a device does not have is left out. */
export const yamlOf = (rows: readonly InventoryRow[]): string =>
  stringify(rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, text]) => text))));

/**
 * Reads CSV with a line of titles; cells are parted by `;`, tabulator or comma, whichever the titles use.
 * @throws InvalidInput naming the line that cannot be read.
 */
export function readCsv(text: string): InventoryLine[] {
  try {
    const records = parseCsv(text, {
      bom: true,
      columns: (titles: string[]) => titles.map((title) => title.trim().toLowerCase()),
      delimiter: delimiterOf(text),
      info: true,
      skip_empty_lines: true,
    }) as unknown as { record: Record<string, string>; info: { lines: number } }[];
    return records.map(({ record, info }) => lineOf(info.lines, unescaped(record)));
  } catch (error) {
    if (error instanceof CsvError) throw unreadable(error.message);
    throw error;
  }
}

function delimiterOf(text: string): string {
  const titles = text.split(/\r?\n/, 1)[0] ?? '';
  return [';', '\t'].find((mark) => titles.includes(mark)) ?? ',';
}

/** Takes back the apostrophe before what looks like a formula. */
const unescaped = (record: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(record).map(([column, text]) => [column, text.replace(/^'(?=[=+\-@\t\r])/, '')]),
  );

/**
 * Reads a YAML list. All values are taken as text, so that an EUI of digits stays what it is.
 * @throws InvalidInput naming the line that cannot be read.
 */
export function readYaml(text: string): InventoryLine[] {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { schema: 'failsafe', lineCounter });
  const [error] = document.errors;
  if (error) throw unreadable(error.message);
  const lineAt = (offset: number | undefined) => lineCounter.linePos(offset ?? 0).line;
  if (!isSeq(document.contents)) throw unreadable('This is no list. Write one entry a device.');
  return document.contents.items.map((item) => {
    if (isMap(item)) return lineOf(lineAt(item.range?.[0]), textsIn(item));
    throw unreadable('An entry of the list is no device. Write "- id: …".');
  });
}

const textsIn = (map: YAMLMap): Record<string, string> =>
  Object.fromEntries(map.items.map(({ key, value }) => [textIn(key), textIn(value)]));

function textIn(node: unknown): string {
  if (isSeq(node)) return node.items.map(textIn).join(' ');
  if (isScalar(node)) return /^(null|~)$/.test(String(node.value)) ? '' : String(node.value ?? '');
  return node === null ? '' : String(node);
}

function lineOf(line: number, texts: Record<string, string>): InventoryLine {
  if (texts.id === undefined)
    throw unreadable(`Line ${line} has no id. The file needs a column "id".`);
  const fields = InventoryColumn.options
    .filter((column) => texts[column] !== undefined)
    .map((column) => [column, texts[column]]);
  return { line, fields: Object.fromEntries(fields) };
}

const unreadable = (what: string): InvalidInput =>
  new InvalidInput('devices/inventory-unreadable', `The file cannot be read. ${what}`);
