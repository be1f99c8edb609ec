import type { ParkingSpot } from '@vigie/contracts/exports';
import { keyValuesOf } from './parking-spot.ts';

/** `true` for the entities that a query wants. */
export type SpotTest = (spot: ParkingSpot) => boolean;

type Value = string | number | boolean;

/** Attributes that a query may name. Source for the language: ETSI GS CIM 009, clause 4.9. */
const attributes = ['status', 'name', 'category', 'refParkingSite', 'occupiedSince', 'parkedDays'];

/** How a value found stands to the one wanted: below 0, 0, above 0; `undefined` for values of two kinds. */
function orderOf(found: Value, wanted: Value): number | undefined {
  if (typeof found !== typeof wanted) return undefined;
  if (found === wanted) return 0;
  return found < wanted ? -1 : 1;
}

/** By operator: whether an order fulfils it. */
const fulfils: Readonly<Record<string, (order: number | undefined) => boolean>> = {
  '==': (order) => order === 0,
  '!=': (order) => order === 0,
  '>=': (order = -1) => order >= 0,
  '<=': (order = 1) => order <= 0,
  '>': (order = 0) => order > 0,
  '<': (order = 0) => order < 0,
};

/**
 * Reads a query such as `status=="occupied";parkedDays>=3`: `;` is and, `|` is or and binds less; a list of values
 * means any of them; a name alone asks whether the attribute is there. Patterns, paths and brackets are not understood.
 * `undefined` when the text is no such query. An attribute that is missing fulfils no comparison.
 */
export function readSpotQuery(text: string): SpotTest | undefined {
  const branches = partsOf(text, '|').map(readAll);
  if (branches.some((branch) => branch === undefined)) return undefined;
  const tests = branches.filter((branch) => branch !== undefined);
  return (spot) => tests.some((test) => test(spot));
}

function readAll(text: string): SpotTest | undefined {
  const terms = partsOf(text, ';').map(readTerm);
  if (terms.some((term) => term === undefined)) return undefined;
  const tests = terms.filter((term) => term !== undefined);
  return (spot) => tests.every((test) => test(spot));
}

function readTerm(text: string): SpotTest | undefined {
  const [, name = '', operator, given = ''] =
    /^([A-Za-z]+)(?:(==|!=|>=|<=|>|<)(.*))?$/s.exec(text.trim()) ?? [];
  if (!attributes.includes(name)) return undefined;
  if (operator === undefined) return (spot) => name in spot;
  const wanted = partsOf(given, ',').map(readValue);
  if (wanted.includes(undefined)) return undefined;
  const values = wanted.filter((value) => value !== undefined);
  if (values.length > 1 && !['==', '!='].includes(operator)) return undefined;
  const isFulfilled = fulfils[operator] ?? (() => false);
  const isOneOf = (found: Value) => values.some((value) => isFulfilled(orderOf(found, value)));
  return (spot) => {
    const found = valuesIn(spot, name);
    return operator === '!=' ? found.length > 0 && !found.some(isOneOf) : found.some(isOneOf);
  };
}

/** Parts between the separators that stand outside quotes. */
function partsOf(text: string, separator: string): string[] {
  const parts = [''];
  let isQuoted = false;
  for (const sign of text) {
    if (sign === '"') isQuoted = !isQuoted;
    if (sign === separator && !isQuoted) parts.push('');
    else parts[parts.length - 1] += sign;
  }
  return parts;
}

/** Quoted text, number, `true`, `false`, a moment or a URI. */
function readValue(text: string): Value | undefined {
  const given = text.trim();
  const quoted = /^"([^"]*)"$/.exec(given)?.[1];
  if (quoted !== undefined) return quoted;
  if (/^-?\d+(\.\d+)?$/.test(given)) return Number(given);
  if (given === 'true' || given === 'false') return given === 'true';
  return /^[A-Za-z0-9][A-Za-z0-9:._+-]*$/.test(given) ? given : undefined;
}

/** A list stands for each of its members, a moment for its text. */
function valuesIn(spot: ParkingSpot, name: string): Value[] {
  const value = keyValuesOf(spot)[name];
  const members = Array.isArray(value) ? value : [value];
  return members.map(plainValue).filter((member) => member !== undefined);
}

function plainValue(value: unknown): Value | undefined {
  if (typeof value === 'object' && value !== null && '@value' in value)
    return plainValue(value['@value']);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined;
}
