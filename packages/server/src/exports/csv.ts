/** One cell of a table. `null` is an empty cell; a moment is written in UTC, to the second. */
export type Cell = string | number | null | Date;

/** Without it Excel reads UTF-8 as something else. Goes before the first row. */
export const byteOrderMark = '\uFEFF';

/** Characters that make a spreadsheet calculate instead of show, ordinary and full width. */
const formulaStart = /^[\s]*[=+\-@＝＋－＠]|^[\t\r\n]/;

/**
 * One row with its line end. A text that a spreadsheet would take for a formula gets an apostrophe before it:
 * labels and addresses come from a file that somebody else may have written. Source: RFC 4180; OWASP, CSV injection.
 */
export const csvRow = (cells: readonly Cell[]): string => `${cells.map(cellText).join(',')}\r\n`;

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  if (cell instanceof Date) return cell.toISOString().replace(/\.\d+Z$/, 'Z');
  const text = formulaStart.test(cell) ? `'${cell}` : cell;
  return /[",\r\n']|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
