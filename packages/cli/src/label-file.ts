import { type Label, NewMoments } from '@vigie/contracts/commissioning';
import { Instant } from '@vigie/contracts/time';

/**
 * Reads labels from JSON (a list of `{ at, people }`) or CSV with a line of titles (`at,people`, also with semicolons).
 * Times are ISO 8601 with their offset.
 * @throws Error that names the line and what is wrong with it.
 */
export function readLabels(text: string): Label[] {
  const raw = text.trimStart().startsWith('[') ? fromJson(text) : fromCsv(text);
  const labels = raw.map(labelFrom);
  const parsed = NewMoments.safeParse({ moments: labels });
  if (parsed.success) return parsed.data.moments;
  throw new Error(`The file has ${labels.length} moments; give it 1 to 200.`);
}

interface RawLabel {
  /** where it stands, for people */
  place: string;
  at: unknown;
  people: unknown;
}

function fromJson(text: string): RawLabel[] {
  const list = listIn(text);
  return list.map((entry, i) => {
    const { at, people } = (entry ?? {}) as Partial<Record<'at' | 'people', unknown>>;
    return { place: `entry ${i + 1}`, at, people };
  });
}

function listIn(text: string): unknown[] {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The file begins as JSON and is none: ${why}.`, { cause });
  }
}

function fromCsv(text: string): RawLabel[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const cells = (line: string): string[] =>
    line.split(/[,;]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  const titles = cells(lines[0] ?? '').map((title) => title.toLowerCase());
  const [at, people] = [titles.indexOf('at'), titles.indexOf('people')];
  if (at < 0 || people < 0) throw new Error('line 1: the titles must name "at" and "people".');
  return lines.flatMap((line, i) => {
    const row = cells(line);
    const isTold = i > 0 && line.trim() !== '';
    return isTold ? [{ place: `line ${i + 1}`, at: row[at], people: toNumber(row[people]) }] : [];
  });
}

/** Only digits are a number: an empty cell is not "nobody". */
const toNumber = (cell: string | undefined): number | string | undefined =>
  cell !== undefined && /^\d+$/.test(cell) ? Number(cell) : cell;

function labelFrom({ place, at, people }: RawLabel): Label {
  const time = typeof at === 'string' ? Date.parse(at) : Number.NaN;
  const hasOffset = typeof at === 'string' && /(Z|[+-]\d\d:?\d\d)$/.test(at);
  if (Number.isNaN(time) || !hasOffset) {
    throw new Error(
      `${place}: "${at}" is no time with its offset; write it like 2026-03-14T10:42:07+01:00.`,
    );
  }
  if (!(Number.isInteger(people) && Number(people) >= 0 && Number(people) <= 500)) {
    throw new Error(`${place}: "${people}" is no number of people from 0 to 500.`);
  }
  return { at: Instant.parse(new Date(time).toISOString()), people: Number(people) };
}
