import * as fc from 'fast-check';

/** The parts of JSON Schema that are used here, draft 2020-12. */
export interface JsonSchema {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema | JsonSchema[];
  prefixItems?: JsonSchema[];
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  format?: string;
  pattern?: string;
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
}

const formats: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'date-time': fc.constantFrom(
    '2026-11-20T10:00:00Z',
    '2026-11-24T10:00:00.123+01:00',
    '2099-01-01T00:00:00Z',
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+23:59',
    '9999-12-31T23:59:59.999-23:59',
  ),
  date: fc.constantFrom('2026-11-20', '0000-01-01', '9999-12-31'),
  uuid: fc.uuid(),
  email: fc.constantFrom('ada@example.org', `${'a'.repeat(60)}@example.org`),
  // Nothing is to be called that is not on this machine.
  uri: fc.constantFrom('http://127.0.0.1:9/a', 'https://127.0.0.1:9/', 'rtsp://127.0.0.1:9/one'),
};

const limit = (value: number | undefined, other: number): number =>
  value === undefined || Math.abs(value) > 2 ** 53 ? other : value;

/** Builds values by a schema; `ids` stand where letters, digits, `-`, `_` and `.` may. */
export function valuesBy(root: JsonSchema, ids: readonly string[] = ['a']): fc.Arbitrary<unknown> {
  const anId = fc.constantFrom(...ids);

  function byText({ format, pattern, minLength = 0, maxLength = 40 }: JsonSchema) {
    const known = format === undefined ? undefined : formats[format];
    if (known) return known;
    const fitting = ids.filter((id) => pattern === undefined || new RegExp(pattern).test(id));
    if (pattern !== undefined && fitting.length > 0) return fc.constantFrom(...fitting);
    if (pattern !== undefined) return byPattern(pattern);
    const longest = Math.min(Math.max(minLength, maxLength), 5000);
    return fc.oneof(
      { weight: 2, arbitrary: anId },
      {
        weight: 3,
        arbitrary: fc.string({ minLength, maxLength: Math.min(longest, minLength + 30) }),
      },
      { weight: 1, arbitrary: fc.string({ minLength, maxLength: longest, unit: 'binary' }) },
      // Made when it is wanted: thousands of schemas would keep one each, and look like a server that grows.
      { weight: 1, arbitrary: fc.constant(longest).map((length) => 'é'.repeat(length)) },
      {
        weight: 1,
        arbitrary: fc
          .constant(minLength)
          .map((length) => `${'x'.repeat(Math.max(0, length - 1))}\0`),
      },
    );
  }

  function byNumber(schema: JsonSchema, isWhole: boolean): fc.Arbitrary<number> {
    const least = limit(
      schema.minimum ?? schema.exclusiveMinimum,
      isWhole ? -(2 ** 53) + 1 : -1e308,
    );
    const most = limit(schema.maximum ?? schema.exclusiveMaximum, isWhole ? 2 ** 53 - 1 : 1e308);
    const between = isWhole
      ? fc.integer({ min: Math.ceil(least), max: Math.max(Math.floor(most), Math.ceil(least)) })
      : fc.double({ min: least, max: Math.max(most, least), noNaN: true });
    const edges = [least, most, 0, 1, 2].filter((edge) => edge >= least && edge <= most);
    return fc.oneof(between, fc.constantFrom(...edges));
  }

  function byObject(schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
    const { properties = {}, required = [], additionalProperties } = schema;
    const keys = Object.keys(properties);
    const parts = Object.fromEntries(
      keys.map((key) => [key, build(properties[key] ?? {}, depth + 1)]),
    );
    if (keys.length > 0)
      return fc.record(parts, { requiredKeys: required.filter((key) => key in parts) });
    if (typeof additionalProperties !== 'object')
      return fc.dictionary(anId, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 });
    return fc.dictionary(anId, build(additionalProperties, depth + 1), { maxKeys: 3 });
  }

  function byArray({ items, prefixItems, minItems = 0, maxItems = 3 }: JsonSchema, depth: number) {
    const fixed = prefixItems ?? (Array.isArray(items) ? items : undefined);
    if (fixed) return fc.tuple(...fixed.map((item) => build(item, depth + 1)));
    const one = build((items as JsonSchema | undefined) ?? {}, depth + 1);
    const most = Math.max(minItems, Math.min(maxItems, minItems + 3));
    return fc.array(one, { minLength: minItems, maxLength: depth > 6 ? minItems : most });
  }

  function byType(schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
    const { type } = schema;
    if (Array.isArray(type))
      return fc.oneof(...type.map((one) => byType({ ...schema, type: one }, depth)));
    if (type === 'string') return byText(schema);
    if (type === 'integer') return byNumber(schema, true);
    if (type === 'number') return byNumber(schema, false);
    if (type === 'boolean') return fc.boolean();
    if (type === 'null') return fc.constant(null);
    if (type === 'array') return byArray(schema, depth);
    return type === 'object' || schema.properties
      ? byObject(schema, depth)
      : fc.jsonValue({ maxDepth: 2 });
  }

  function build(schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
    if (depth > 12) return fc.constant(null);
    if (schema.$ref !== undefined) {
      const name = schema.$ref.split('/').at(-1) ?? '';
      return build(root.$defs?.[name] ?? {}, depth + 1);
    }
    if ('const' in schema) return fc.constant(schema.const);
    if (schema.enum?.length) return fc.constantFrom(...schema.enum);
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices?.length) return fc.oneof(...choices.map((choice) => build(choice, depth + 1)));
    if (schema.allOf?.length)
      return fc
        .tuple(...schema.allOf.map((part) => build(part, depth + 1)))
        .map((parts) => Object.assign({}, ...(parts as object[])));
    return byType(schema, depth);
  }

  return build(root, 0);
}

/** Texts that a pattern describes; anything where it cannot be turned round. */
function byPattern(pattern: string): fc.Arbitrary<string> {
  try {
    const texts = fc.stringMatching(new RegExp(pattern, 'u'));
    // Some patterns are refused only when they are used.
    fc.sample(texts, { numRuns: 1, seed: 1 });
    return texts;
  } catch {
    return fc.string({ maxLength: 20 });
  }
}
