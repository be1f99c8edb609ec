import * as fc from 'fast-check';
import { bytesOf, joined } from './bytes.ts';

/** Texts that have broken programs before. */
const texts: readonly string[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'a\udfff',
  '\u202e\u2066',
  '\ufeff',
  '\u2028',
  '\r\nX-Header: 1',
  'e\u0301\u0323'.repeat(50),
  '👨‍👩‍👧‍👦'.repeat(20),
  'null',
  'NaN',
  'Infinity',
  '-0',
  '0x10',
  '1e999',
  '9'.repeat(400),
  '__proto__',
  'constructor',
  'hasOwnProperty',
  '../../../../etc/passwd',
  '%00',
  '%2e%2e%2f',
  "'; DROP TABLE spaces; --",
  '$' + '{7*7}{{7*7}}',
  '<script>alert(1)</script>',
  '&lol;',
  '=1+1',
  '(((((((((a+)+)+)+)+)+)+)+)+)!',
  'a'.repeat(65),
  'a'.repeat(5000),
  `${'a'.repeat(30_000)}!`,
  ' '.repeat(20_000),
  '-'.repeat(2000),
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00+23:59',
  '9999-12-31T23:59:59.999Z',
  '9999-12-31T23:59:59-23:59',
  '2026-02-30T00:00:00Z',
  '2026-01-01T24:00:00Z',
  '2026-06-30T23:59:60Z',
  '1970-01-01T00:00:00.000000000001Z',
  '2026-01-01',
  'http://[::1',
  'http://127.0.0.1:9/',
  'javascript:alert(1)',
  'file:///etc/passwd',
  'sealed:v1.AAAA',
];

const numbers: readonly number[] = [
  0,
  -1,
  1,
  0.5,
  -0.1,
  1e-320,
  1e21,
  1e308,
  -1e308,
  255,
  256,
  32_767,
  32_768,
  65_535,
  65_536,
  2_147_483_647,
  2_147_483_648,
  -2_147_483_648,
  -2_147_483_649,
  4_294_967_296,
  2 ** 53 - 1,
  2 ** 53,
  2 ** 63,
  -(2 ** 63),
];

/** Lists within lists, `depth` of them. */
const nested = (depth: number): unknown => {
  let value: unknown = 0;
  for (let i = 0; i < depth; i++) value = [value];
  return value;
};

const keys = ['__proto__', 'constructor', 'prototype', 'toString', '', '\0', 'id', 'v', 'length'];

/** A text that nobody expects. */
export const hostileText = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...texts) },
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);

/** A JSON value that nobody expects. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: hostileText },
  { weight: 3, arbitrary: fc.constantFrom(...numbers) },
  { weight: 2, arbitrary: fc.constantFrom(null, true, false) },
  fc
    .constantFrom<() => unknown>(
      () => [],
      () => ({}),
      () => nested(3),
      () => nested(500),
      () => Array(2000).fill(0),
      () => Array(600).fill('x'),
      () => JSON.parse('{"__proto__":{"isAdmin":true},"constructor":{"prototype":{}}}'),
    )
    .map((make) => make()),
  fc.jsonValue({ maxDepth: 3 }),
);

interface Change {
  at: number;
  act: 'replace' | 'remove' | 'repeat' | 'add';
  key: string;
  value: unknown;
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat({ max: 1000 }),
  act: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'repeat', 'add'),
  key: fc.constantFrom(...keys),
  value: hostileValue,
});

type Path = readonly (string | number)[];

function pathsIn(value: unknown, before: Path = []): Path[] {
  if (typeof value !== 'object' || value === null || before.length > 8) return [before];
  const inner = Object.entries(value).slice(0, 30);
  return [before, ...inner.flatMap(([key, part]) => pathsIn(part, [...before, key]))];
}

/** Sets a key as its own, `__proto__` too, which an assignment would take for something else. */
const put = (holder: object, key: string | number, value: unknown): unknown =>
  Object.defineProperty(holder, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });

function changed(value: unknown, path: Path, { act, key, value: with_ }: Change): unknown {
  const [step, ...rest] = path;
  if (step === undefined) {
    if (act === 'add' && typeof value === 'object' && value !== null && !Array.isArray(value))
      return put({ ...value }, key, with_);
    return act === 'repeat' ? [value, value] : with_;
  }
  const holder = value as Record<string | number, unknown>;
  const copy = Array.isArray(holder) ? [...holder] : { ...holder };
  if (rest.length === 0 && act === 'remove') {
    delete (copy as Record<string | number, unknown>)[step];
    return copy;
  }
  return put(copy, step, changed(holder[step], rest, { act, key, value: with_, at: 0 }));
}

/** Values of the given kind with a few parts exchanged, removed, repeated or added; some are left whole. */
export const mutantsOf = (values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      values,
      fc.oneof(
        { weight: 1, arbitrary: fc.constant<Change[]>([]) },
        { weight: 6, arbitrary: fc.array(change, { minLength: 1, maxLength: 3 }) },
      ),
    )
    .map(([value, changes]) =>
      changes.reduce((result, one) => {
        const paths = pathsIn(result);
        return changed(result, paths[one.at % paths.length] ?? [], one);
      }, value),
    );

/** The values as they are, damaged, and things that are nothing of the kind. */
export const jsonLike = (...values: unknown[]): fc.Arbitrary<unknown> =>
  mutantsOf(fc.oneof(...values.map((one) => fc.constant(one)), hostileValue));

interface Cut {
  at: number;
  act: 'flip' | 'cut' | 'insert' | 'repeat' | 'remove' | 'fill';
  with: Uint8Array;
}

const cut: fc.Arbitrary<Cut> = fc.record({
  at: fc.nat({ max: 4096 }),
  act: fc.constantFrom('flip', 'flip', 'cut', 'insert', 'repeat', 'remove', 'fill'),
  with: fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 8 }),
    fc.constantFrom(
      ...[
        [0],
        [0xff],
        [0xff, 0xff, 0xff, 0xff, 0x7f],
        [0x7f, 0xff, 0xff, 0xff],
        [0x80, 0, 0, 0],
      ].map((bytes) => Uint8Array.from(bytes)),
    ),
  ),
});

function cutUp(bytes: Uint8Array, { at, act, with: given }: Cut): Uint8Array {
  const place = bytes.length === 0 ? 0 : at % bytes.length;
  const [head, tail] = [bytes.subarray(0, place), bytes.subarray(place)];
  if (act === 'cut') return head;
  if (act === 'insert') return joined(head, given, tail);
  if (act === 'repeat') return joined(bytes, tail);
  if (act === 'remove') return joined(head, tail.subarray(given.length));
  const copy = joined(head, tail);
  for (const [i, byte] of given.entries())
    if (place + i < copy.length)
      copy[place + i] = act === 'fill' ? byte : (copy[place + i] ?? 0) ^ byte;
  return copy;
}

/** Bytes that look like the samples and are damaged, and some that look like nothing. */
export const bytesLike = (...samples: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 64 }) },
    {
      weight: 5,
      arbitrary: fc
        .tuple(fc.constantFrom(...samples), fc.array(cut, { minLength: 1, maxLength: 4 }))
        .map(([sample, cuts]) => cuts.reduce(cutUp, sample)),
    },
  );

/** Texts that look like the samples and are damaged, and some that look like nothing. */
export const textsLike = (...samples: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 1, arbitrary: hostileText },
    {
      weight: 2,
      arbitrary: bytesLike(...samples.map(bytesOf)).map((bytes) =>
        Buffer.from(bytes).toString('utf8'),
      ),
    },
    {
      weight: 2,
      arbitrary: fc
        .record({
          sample: fc.constantFrom(...samples),
          at: fc.nat({ max: 4096 }),
          drop: fc.nat({ max: 5 }),
          text: hostileText,
        })
        .map(({ sample, at, drop, text }) => {
          const place = at % (sample.length + 1);
          return sample.slice(0, place) + text + sample.slice(place + drop);
        }),
    },
  );

/** Deeper than any parser likes. */
const deepTexts = [100, 20_000].flatMap((depth) => ['['.repeat(depth), '{"a":'.repeat(depth)]);

/** A JSON text of the values, at times damaged as a text: cut off, keys twice, deeper than any parser likes. */
export const jsonTextsOf = (values: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 12, arbitrary: values.map((value) => JSON.stringify(value) ?? '') },
    {
      weight: 2,
      arbitrary: fc
        .tuple(values, fc.nat({ max: 400 }))
        .map(([value, at]) => (JSON.stringify(value) ?? '').slice(0, at)),
    },
    {
      weight: 1,
      arbitrary: values.map((value) =>
        (JSON.stringify(value) ?? '').replace('{', '{"v":0,"id":{},'),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        ...deepTexts,
        '{"__proto__":{"v":1}}',
        '{"constructor":{"prototype":1}}',
        '\ufeff{}',
        'NaN',
        '{"v":1e999}',
        '{"v":1,}',
        '"\\ud800"',
        '{"at":"\\u0000"}',
      ),
    },
    { weight: 1, arbitrary: hostileText },
  );
