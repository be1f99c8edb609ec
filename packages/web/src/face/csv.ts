import { saveFile } from '../platform/save-file.ts';

/**
 * A table as CSV: `;` between cells and a byte order mark, as the town's spreadsheets want it; lines end with
 * CRLF. A text that a spreadsheet would take for a formula gets an apostrophe before it.
 * Source: RFC 4180 for the quoting.
 */
export function csvFrom(rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number) => {
    const text = typeof value === 'number' ? String(value) : value.replace(/^(?=[=+\-@\t\r])/, "'");
    return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `\ufeff${rows.map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`;
}

/** Hands a table to the person as a file. */
export const saveCsv = (name: string, text: string): void =>
  saveFile(name, text, 'text/csv;charset=utf-8');
