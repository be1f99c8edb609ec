import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as fc from 'fast-check';
import * as z from 'zod';
import { addressBlocksIn, forbiddenKindOfHost } from '../../packages/contracts/src/addresses.ts';
import { directoryServersIn } from '../../packages/contracts/src/directory-servers.ts';
import { keepingFrom } from '../../packages/contracts/src/keeping.ts';
import { seal, unseal } from '../../packages/contracts/src/seal.ts';
import { filterCovers, idIn, topics } from '../../packages/contracts/src/topics.ts';
import { momentOnWall } from '../../packages/contracts/src/wall-clock.ts';
import {
  decodeDisplay,
  FORMATS,
  readChirpStackStatus,
  readChirpStackUp,
  readNamedFields,
  readTtsStorage,
  readTtsUp,
} from '../../packages/server/src/devices/formats/index.ts';
import { accountNameOf, dnKey } from '../../packages/server/src/directory/account-names.ts';
import { guidOf, sidOf } from '../../packages/server/src/directory/binary-ids.ts';
import { bindRefusalOf } from '../../packages/server/src/directory/bind-refusal.ts';
import { readBearer } from '../../packages/server/src/exports/bearer-token.ts';
import { readSpotQuery } from '../../packages/server/src/exports/spot-query.ts';
import { Config, readConfig } from '../../packages/server/src/platform/config.ts';
import { InvalidInput } from '../../packages/server/src/platform/errors.ts';
import { sourceUrlOf, withoutSecrets } from '../../packages/vision/src/camera/source-url.ts';
import { root } from '../../scripts/run-tool.ts';
import { hex } from './bytes.ts';
import { fileDecoderTargets } from './file-decoders.ts';
import { bytesLike, hostileText, jsonLike, jsonTextsOf, mutantsOf, textsLike } from './hostile.ts';
import * as samples from './samples.ts';
import { type JsonSchema, valuesBy } from './schema-inputs.ts';
import { decoderOf, isOneOf, type Target } from './target.ts';

const invalidInput = isOneOf(InvalidInput);

/** Everything that reads bytes, files or texts by itself. `folder`: for what wants a file. */
export async function decoderTargets(): Promise<{ targets: Target[]; stop: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-fuzz-'));
  const targets = [
    ...vendorTargets(),
    ...fileDecoderTargets(folder),
    ...(await wordTargets()),
    ...textTargets(),
    ...directoryTargets(),
    await contractTarget(),
  ];
  return { targets, stop: () => rmSync(folder, { recursive: true }) };
}

function vendorTargets(): Target[] {
  const messages = fc.record({
    port: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.nat({ max: 255 })),
    bytes: fc.oneof(
      fc.uint8Array({ maxLength: 24 }),
      bytesLike(
        ...['0101', '0066016702f5', '037564040001', '3766010302016e', '4301', '0175640367f600'].map(
          hex,
        ),
      ),
    ),
    thresholdMm: fc.constantFrom(0, 1000, 65_535),
  });
  const makes = Object.entries(FORMATS).map(([make, decode]) =>
    decoderOf(`sensor ${make}`, {
      inputs: messages,
      decode: ({ port, bytes, thresholdMm }) => decode(port, bytes, { thresholdMm }),
    }),
  );
  return [
    ...makes,
    decoderOf('sensor named fields', {
      inputs: jsonLike({
        occupied: true,
        battery: '50',
        kind: 'change',
        temperature: '+3.5',
        error: 'e',
      }),
      decode: readNamedFields,
    }),
    decoderOf('chirpstack payload', {
      inputs: jsonLike(samples.upOfChirpStack),
      decode: (one) => [readChirpStackUp(one), readChirpStackStatus(one)],
    }),
    decoderOf('the things stack payload', { inputs: jsonLike(samples.ttsUp), decode: readTtsUp }),
    decoderOf('the things stack storage', {
      inputs: fc
        .array(jsonTextsOf(jsonLike({ result: samples.ttsUp })), { maxLength: 3 })
        .map((lines) => lines.join('\n')),
      decode: readTtsStorage,
    }),
    decoderOf('lorawan display', {
      inputs: bytesLike(Uint8Array.of(1, 0, 3, 1, 2)),
      decode: decodeDisplay,
    }),
  ];
}

async function wordTargets(): Promise<Target[]> {
  const key = new Uint8Array(32);
  const sealed = await seal('rtsp://a:b@127.0.0.1/', key);
  const environment = fc.dictionary(
    fc.constantFrom(...Object.keys(Config.shape)),
    fc.oneof(
      hostileText,
      fc.constantFrom(
        'on',
        '8080',
        '-1',
        '1e3',
        ' 5 ',
        'ldaps://a,ldap://b:999999',
        'messages=1',
        'required',
        'whsec_',
        'a@b.fr,c',
        'Europe/Paris',
        'mqtt://[',
        'DC=a',
      ),
    ),
    { maxKeys: 6 },
  );
  return [
    decoderOf('sealed address', {
      inputs: textsLike(sealed),
      decode: (text) => unseal(text, key),
      // The platform's own errors are of classes of its own.
      refuses: (error) => error instanceof Error || error instanceof DOMException,
    }),
    decoderOf('settings', { inputs: environment, decode: readConfig, refuses: invalidInput }),
  ];
}

function textTargets(): Target[] {
  const spot = {
    id: 'urn:a',
    type: 'ParkingSpot',
    status: { type: 'Property', value: 'free' },
  } as never;
  const all: [string, string[], (text: string) => unknown][] = [
    ['networks', ['169.254.7.0/24, fe80::/10', '::ffff:1.2.3.4/96'], addressBlocksIn],
    [
      'host',
      ['2852039166', '[fe80::1%25eth0]', '0x7f.1', '127.0.0.1'],
      (text) => forbiddenKindOfHost(text),
    ],
    [
      'directory servers',
      ['ldaps://a.b, ldap://[::1]:389/'],
      (text) => directoryServersIn(text, true),
    ],
    ['days kept', ['messages=180,cases=0'], keepingFrom],
    ['time on the wall', ['2026-03-29T02:30'], (text) => momentOnWall(text, 'Europe/Paris')],
    ['camera address', ['rtsp://a:%zz@host:554/x?y=1#z', 'http://a:b@[::1]/'], addressedTwice],
    [
      'topic',
      ['vigie/bollards/a/state', '$SYS/#', '+/#/+'],
      (text) => [
        idIn(topics.bollardState, text),
        filterCovers(text, 'vigie/a/b'),
        filterCovers('vigie/+/#', text),
      ],
    ],
    ['bearer token', ['Bearer a~b'], readBearer],
    [
      'entity query',
      ['status==free;allowedDays>3|(name~="x")', 'a[b.c]==1..5'],
      (text) => readSpotQuery(text)?.(spot),
    ],
    [
      'account name',
      ['VILLE\\anna', 'anna@ville.example'],
      (text) => accountNameOf(text, { domain: 'ville.example' }),
    ],
    ['distinguished name', ['CN=a\\, b,OU=c+O=d,DC=e'], dnKey],
    ['refused bind', ['80090308: LdapErr: DSID-0C09044E, data 52e, v4563'], bindRefusalOf],
  ];
  return all.map(([name, texts, decode]) =>
    decoderOf(`text ${name}`, { weight: 1, inputs: textsLike(...texts), decode }),
  );
}

function addressedTwice(text: string): unknown {
  const source = sourceUrlOf(text);
  return source && withoutSecrets(`it says ${text}`, source);
}

function directoryTargets(): Target[] {
  const sid = hex('010500000000000515000000e967ba2cb5d66e1f00e1c3d200020000');
  return [
    decoderOf('directory ids', {
      weight: 0.5,
      inputs: bytesLike(sid),
      decode: (bytes) => [sidOf(bytes), guidOf(bytes)],
    }),
  ];
}

/** Every schema of the contracts, whatever it is given: it parses or refuses, and throws nothing else. */
async function contractTarget(): Promise<Target> {
  const schemas = await contractSchemas();
  const inputs = fc.constantFrom(...schemas.keys()).chain((name) =>
    fc.record({
      name: fc.constant(name),
      value: mutantsOf(valuesBy(jsonSchemaOf(schemas.get(name) as z.ZodType), ['a', 'b'])),
    }),
  );
  return decoderOf('contracts', {
    weight: 8,
    inputs,
    decode: ({ name, value }) => schemas.get(name)?.safeParse(value),
  });
}

/** by file and name */
async function contractSchemas(): Promise<Map<string, z.ZodType>> {
  const folder = join(root, 'packages/contracts/src');
  const files = readdirSync(folder).filter((file) => !file.includes('.test.'));
  const found = new Map<string, z.ZodType>();
  for (const file of files) {
    const exported: Record<string, unknown> = await import(pathToFileURL(join(folder, file)).href);
    for (const [name, value] of Object.entries(exported))
      if (value instanceof z.ZodType) found.set(`${file} ${name}`, value);
  }
  return found;
}

const jsonSchemaOf = (schema: z.ZodType): JsonSchema =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
