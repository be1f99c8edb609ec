import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import * as z from 'zod';
import { createProgram } from '../../packages/bollard/src/bollard.service.ts';
import {
  createFileMemory,
  createVolatileMemory,
} from '../../packages/bollard/src/memory.driver.ts';
import { readLabels } from '../../packages/cli/src/label-file.ts';
import { loadTown } from '../../packages/cli/src/town-file.ts';
import { AuditRow } from '../../packages/contracts/src/audit.ts';
import { createChainCheck } from '../../packages/contracts/src/audit-chain.ts';
import {
  decodeFedPicture,
  decodeFrame,
  encodeFedPicture,
  encodeFrame,
  FrameHeader,
} from '../../packages/contracts/src/vision.ts';
import { readCsv, readYaml } from '../../packages/server/src/devices/inventory-file.driver.ts';
import { createIncidentJournal } from '../../packages/server/src/evacuation/alarm/incident-journal.service.ts';
import { readPlan } from '../../packages/server/src/evacuation/buildings/plan-picture.driver.ts';
import { InvalidInput } from '../../packages/server/src/platform/errors.ts';
import { silentLog } from '../../packages/server/src/testing/log.ts';
import {
  decodePicture,
  PictureUnreadable,
} from '../../packages/vision/src/camera/picture.driver.ts';
import { ModelUnusable } from '../../packages/vision/src/detector/models.driver.ts';
import { onnxHeaderOf } from '../../packages/vision/src/detector/onnx-header.ts';
import { readClipTruth } from '../../packages/vision/src/evaluation/clip-truth.ts';
import { readCoco } from '../../packages/vision/src/evaluation/coco.ts';
import { readPkLot } from '../../packages/vision/src/evaluation/pklot.driver.ts';
import { readOnnx } from '../../packages/vision/src/models/onnx-file.driver.ts';
import { bodyIn, OnvifRefused } from '../../packages/vision/src/onvif/soap.driver.ts';
import { createEnquiries } from '../../packages/vision/src/worker/enquiries.service.ts';
import { lightChangeOf } from '../../packages/vision/src/worker/new-rate.ts';
import { bytesOf } from './bytes.ts';
import { bytesLike, jsonLike, jsonTextsOf, textsLike } from './hostile.ts';
import * as samples from './samples.ts';
import { decoderOf, isOneOf, type Target } from './target.ts';

const isZodError = (error: unknown) => error instanceof z.ZodError;
const isPlainError = isOneOf(Error);
const invalidInput = isOneOf(InvalidInput);

/** Everything that reads what lies in a file or comes as one. `folder`: for what wants a file. */
export const fileDecoderTargets = (folder: string): Target[] => [
  ...pictureTargets(),
  ...modelTargets(folder),
  ...fileTargets(folder),
  journalTarget(),
  ...deviceTargets(folder),
];

function pictureTargets(): Target[] {
  const { jpeg, png } = samples.pictures;
  const asBase64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const header = FrameHeader.parse({
    at: '2026-11-24T10:00:00Z',
    width: 8,
    height: 6,
    mode: 'private',
    count: 0,
    people: [],
  });
  return [
    decoderOf('picture', {
      weight: 2,
      inputs: bytesLike(...Object.values(samples.pictures)),
      decode: decodePicture,
      refuses: isOneOf(PictureUnreadable),
    }),
    decoderOf('plan png', {
      inputs: bytesLike(png, png, jpeg).map(asBase64),
      decode: (base64) => readPlan({ mediaType: 'image/png', base64 }),
      refuses: invalidInput,
    }),
    decoderOf('plan svg', {
      inputs: textsLike(samples.svgPlan, samples.svgPlan.replaceAll('g>', 'svg:g>')),
      decode: (text) =>
        readPlan({ mediaType: 'image/svg+xml', base64: Buffer.from(text).toString('base64') }),
      refuses: invalidInput,
    }),
    decoderOf('frame of the bus', {
      inputs: bytesLike(encodeFrame(header, jpeg)),
      decode: decodeFrame,
      refuses: (error) => isZodError(error) || isOneOf(RangeError, SyntaxError)(error),
    }),
    decoderOf('filmed picture of the bus', {
      inputs: bytesLike(encodeFedPicture({ ageMs: 3, jpeg: jpeg })),
      decode: decodeFedPicture,
      refuses: isOneOf(RangeError),
    }),
  ];
}

function modelTargets(folder: string): Target[] {
  const files = bytesLike(samples.smallOnnx);
  const path = join(folder, 'm.onnx');
  return [
    decoderOf('onnx header', { inputs: files, decode: onnxHeaderOf, refuses: isOneOf(RangeError) }),
    decoderOf('onnx file', {
      inputs: files,
      decode: async (bytes) => {
        await writeFile(path, bytes);
        await readOnnx(path);
      },
      refuses: isOneOf(ModelUnusable),
    }),
  ];
}

function fileTargets(folder: string): Target[] {
  const path = join(folder, 'town.yaml');
  const coco = {
    images: [{ id: 1, file_name: 'a.jpg', person_count: 1 }],
    annotations: [{ image_id: 1, category_id: 1, bbox: [0, 0, 1, 1], iscrowd: 0 }],
    categories: [{ id: 1, name: 'person' }],
  };
  return [
    decoderOf('inventory csv', {
      inputs: textsLike(samples.inventoryCsv),
      decode: readCsv,
      refuses: invalidInput,
    }),
    decoderOf('inventory yaml', {
      inputs: textsLike(samples.inventoryYaml, yamlBomb),
      decode: readYaml,
      refuses: invalidInput,
    }),
    decoderOf('town yaml', {
      weight: 2,
      inputs: textsLike(samples.townYaml, yamlBomb),
      decode: async (text) => {
        await writeFile(path, text);
        await loadTown(path);
      },
      refuses: isPlainError,
    }),
    decoderOf('labels file', {
      inputs: textsLike(
        'at,people\n2026-03-14T10:42:07+01:00,3\n',
        '[{"at":"2026-03-14T10:42:07Z","people":3}]',
      ),
      decode: readLabels,
      refuses: isPlainError,
    }),
    decoderOf('coco file', { inputs: jsonLike(coco), decode: readCoco, refuses: isPlainError }),
    decoderOf('clip truth file', {
      inputs: jsonLike({
        videos: { 'a.mp4': { count_intervals: [{ from: 0, to: 1, persons: 2 }] } },
      }),
      decode: readClipTruth,
      refuses: isPlainError,
    }),
    decoderOf('pklot file', {
      inputs: textsLike(
        '<parking id="p"><space id="1" occupied="1"><contour><point x="1" y="2"/><point x="3" y="4"/><point x="5" y="6"/></contour></space></parking>',
      ),
      decode: readPkLot,
      refuses: (error) => isZodError(error) || isPlainError(error),
    }),
    decoderOf('soap answer', {
      inputs: textsLike(samples.onvifAnswer, '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
      decode: bodyIn,
      refuses: isOneOf(OnvifRefused),
    }),
    auditFileTarget(),
  ];
}

/** Lists that name each other, each ten times the one before. */
const yamlBomb = `a: &a [x, x, x, x, x, x, x, x, x, x]\n${[...'bcdefgh'].map((name, i) => `${name}: &${name} [${Array(10).fill(`*${'abcdefg'[i]}`).join(', ')}]`).join('\n')}\n`;

function auditFileTarget(): Target {
  const digest = (text: string) => createHash('sha256').update(text).digest('hex');
  const row = {
    seq: 1,
    at: '2026-11-24T10:00:00Z',
    actor: 'account:1',
    act: 'change',
    subject: 'a:1',
    details: { route: 'PUT /a' },
    commitments: { actorName: digest('x') },
    told: { actorName: { salt: 's', value: 'Ada' } },
    previous: '0'.repeat(64),
    hash: digest('y'),
  };
  return decoderOf('audit journal file', {
    inputs: fc.array(jsonTextsOf(jsonLike(row)), { minLength: 1, maxLength: 4 }),
    decode: (lines) => {
      const check = createChainCheck(digest);
      for (const line of lines) check.take(AuditRow.parse(JSON.parse(line)));
      return check.end();
    },
    refuses: (error) => isZodError(error) || error instanceof SyntaxError,
  });
}

/** Half a line, or a line that somebody edited, must not keep what was noted after it from the database. */
function journalTarget(): Target {
  const entry = {
    id: 'e',
    notedAt: 1,
    incidentId: 'i',
    line: { at: '2026-11-24T10:00:00Z', actor: 'a', what: 'observation', data: { text: 't' } },
  };
  return decoderOf('incident journal file', {
    inputs: fc.array(
      jsonTextsOf(
        jsonLike(entry, { ...entry, line: undefined, roomId: 'a', confirmedEmptyAt: 'never' }),
      ),
      { maxLength: 3 },
    ),
    decode: async (lines) => {
      const stored: unknown[] = [];
      const statements = {
        takeWebhook: async () => undefined,
        add: async () => true,
        findActiveForUpdate: async () => undefined,
        setJoined: async () => undefined,
        find: async () => undefined,
        append: async (_incidentId: string, line: unknown) => void stored.push(line),
        confirmEmpty: async () => undefined,
      };
      const journal = createIncidentJournal({
        store: {
          ...statements,
          transaction: (work: (tx: unknown) => Promise<unknown>) => work(statements),
        } as never,
        file: {
          read: () => lines,
          append: () => true,
          clear: () => undefined,
          close: () => undefined,
        },
        clock: { now: () => new Date(0), rate: 1 },
        newId: () => 'new',
      });
      journal.load();
      journal.note({ incidentId: 'i', line: 'last' as never });
      await journal.flush();
      if (!stored.includes('last')) throw new Error('what was noted last did not come through');
    },
  });
}

const display = {
  v: 1,
  state: 'parked',
  day: 2,
  colour: '#123456',
  label: '2',
  since: '2026-11-23T10:00:00Z',
  until: '2026-11-30T10:00:00Z',
  allowedDays: 7,
  dayRule: 'elapsed',
  timeZone: 'Europe/Paris',
  paletteVersion: 'x',
};

/** What the programs of bollards and workers are told, and what a bollard finds after a power cut. */
function deviceTargets(folder: string): Target[] {
  const path = join(folder, 'memory.json');
  const kept = { display, occupied: true, seq: 3, pending: [] };
  const config = { v: 1, source: 'v1.AAAA', fps: 5, staleMs: 3000 };
  const enquiry = { v: 1, id: 'a', kind: 'try', source: 'v1.AAAA' };
  const texts = (value: unknown) => jsonTextsOf(jsonLike(value));
  return [
    decoderOf('display of a bollard', { inputs: texts(display), decode: shownByBollard }),
    decoderOf('memory of a bollard', {
      weight: 1,
      inputs: texts(kept),
      decode: async (text) => {
        await writeFile(path, text);
        await createFileMemory(path, silentLog).read();
      },
    }),
    decoderOf('configuration of a camera', {
      inputs: texts(config),
      decode: (text) => lightChangeOf(JSON.stringify(config), text),
    }),
    decoderOf('enquiry of a worker', {
      inputs: texts(enquiry),
      decode: (text) => enquiries.take(text),
    }),
  ];
}

const enquiries = createEnquiries({
  answer: () => undefined,
  unseal: async (sealed) => sealed,
  seal: async (address) => address,
  tryCamera: async () => ({ trouble: 'unreadable' }) as never,
  discover: async () => undefined,
  readDevice: async () => ({ trouble: 'not-onvif' }),
  log: silentLog,
});

/** @throws Error when the bollard shows nothing any more. */
async function shownByBollard(text: string): Promise<void> {
  let receive = (_payload: Uint8Array): void => undefined;
  let faces = 0;
  const program = createProgram({
    id: 'a',
    contact: {
      start: (onDisplay) => {
        receive = onDisplay;
      },
      deliver: async () => undefined,
      stop: async () => undefined,
    },
    clock: { now: () => new Date('2026-11-24T10:00:00Z') },
    driver: {
      show: () => {
        faces++;
      },
      stop: () => undefined,
    },
    memory: createVolatileMemory(),
    log: silentLog,
    tickMs: 1000,
    heartbeatMs: 1000,
  });
  await program.start();
  receive(bytesOf(text));
  await program.stop();
  if (faces === 0) throw new Error('nothing is shown');
}
