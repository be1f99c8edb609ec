import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { crc32, inflate } from 'node:zlib';
import { parseXml, XmlCdata, XmlElement, XmlText } from '@rgrove/parse-xml';
import { type FloorView, PLAN_BYTES, type PlanPicture } from '@vigie/contracts/floors';
import { InvalidInput } from '../../platform/errors.ts';
import { cleanSvg, type SvgElement } from './plan-svg.ts';

/** A plan as it is kept: cleaned, with its size and a digest of what is kept. */
export interface StoredPlan {
  mediaType: PlanPicture['mediaType'];
  picture: Uint8Array;
  size: NonNullable<FloorView['plan']>;
}

/**
 * Reads an uploaded plan by its content, whatever it is called, and keeps only what draws.
 * @throws InvalidInput when it is not what it says it is, is damaged, or would need too much memory to be shown.
 */
export async function readPlan({ mediaType, base64 }: PlanPicture): Promise<StoredPlan> {
  const given = Buffer.from(base64, 'base64');
  if (given.length > PLAN_BYTES) throw unreadable('It is larger than 8 MiB. Make it smaller.');
  const isPng = given.subarray(0, 8).equals(pngSignature);
  if (isPng !== (mediaType === 'image/png')) {
    throw unreadable(`It is not ${mediaType} inside. Save it as PNG or as plain SVG.`);
  }
  const { picture, width, height } = isPng ? await cleanPng(given) : cleanSvgFile(given);
  const digest = createHash('sha256').update(picture).digest('hex').slice(0, 16);
  return { mediaType, picture, size: { width, height, digest } };
}

interface CleanPicture {
  picture: Uint8Array;
  width: number;
  height: number;
}

const unreadable = (why: string, cause?: unknown): InvalidInput =>
  new InvalidInput('evacuation/plan-unreadable', `The plan cannot be taken. ${why}`, { cause });

function cleanSvgFile(given: Buffer): CleanPicture {
  const clean = cleanSvg(parsed(given));
  if ('wrong' in clean) throw unreadable(clean.wrong);
  const { text, width, height } = clean;
  return { picture: Buffer.from(text), width, height };
}

/** Entities that a file defines itself are errors to this parser: none can grow without end. */
function parsed(given: Buffer): SvgElement {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(given);
    const { root } = parseXml(text);
    if (!root) throw new Error('it is empty');
    return elementFrom(root);
  } catch (error) {
    throw unreadable(
      `It is no XML that can be read (${firstLine(error)}). Save it as plain SVG.`,
      error,
    );
  }
}

const firstLine = (error: unknown): string =>
  error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unknown form';

const elementFrom = ({ name, attributes, children }: XmlElement): SvgElement => ({
  name,
  attributes,
  children: children.flatMap((child): (SvgElement | string)[] => {
    if (child instanceof XmlElement) return [elementFrom(child)];
    return child instanceof XmlText || child instanceof XmlCdata ? [child.text] : [];
  }),
});

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Texts, times and what cameras write into pictures stay out. Source: W3C PNG, third edition, clause 11. */
const keptChunks = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND', 'sRGB', 'gAMA', 'pHYs']);
/** Enough for A0 at 100 dpi; four bytes each when it is shown. */
const mostPixels = 25_000_000;
const samplesOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const inflated = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflate);

async function cleanPng(given: Buffer): Promise<CleanPicture> {
  const chunks = chunksOf(given);
  const header = chunks[0];
  if (header?.type !== 'IHDR' || header.data.length !== 13 || chunks.at(-1)?.type !== 'IEND')
    throw unreadable('The PNG is damaged. Save it again.');
  const width = header.data.readUInt32BE(0);
  const height = header.data.readUInt32BE(4);
  if (width * height === 0 || width * height > mostPixels || Math.max(width, height) > 16_000)
    throw unreadable(`${width} × ${height} pixels are too many. Keep to 5000 × 5000.`);
  await refuseBomb(chunks, width, height);
  const kept = chunks.filter(({ type }) => keptChunks.has(type)).map(({ whole }) => whole);
  return { picture: Buffer.concat([pngSignature, ...kept]), width, height };
}

/** The picture data must unpack to what the header promises, not to more. */
async function refuseBomb(chunks: readonly Chunk[], width: number, height: number): Promise<void> {
  const header = chunks[0]?.data;
  const samples = samplesOf[header?.[9] ?? -1] ?? 0;
  const rowBytes = Math.ceil((width * samples * (header?.[8] ?? 0)) / 8) + 1;
  const data = chunks.filter(({ type }) => type === 'IDAT').map((chunk) => chunk.data);
  // Interlaced pictures have up to twice the rows, each with a byte of its own and a byte of rounding.
  const maxOutputLength = rowBytes * height + 4 * (width + height) + 64;
  const pixels = await inflated(Buffer.concat(data), { maxOutputLength }).catch((error) => {
    throw unreadable('The data of the PNG are damaged or too long. Save it again.', error);
  });
  if (samples === 0 || pixels.length < rowBytes * height - height)
    throw unreadable('Part of the PNG is missing. Save it again.');
}

interface Chunk {
  type: string;
  data: Buffer;
  /** With length and check sum. */
  whole: Buffer;
}

function chunksOf(given: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  let at = pngSignature.length;
  while (at + 12 <= given.length && chunks.at(-1)?.type !== 'IEND') {
    const end = at + 12 + given.readUInt32BE(at);
    if (end > given.length) throw unreadable('The PNG ends too early. Save it again.');
    const whole = given.subarray(at, end);
    const body = whole.subarray(4, -4);
    if (crc32(body) !== whole.readUInt32BE(whole.length - 4))
      throw unreadable('The PNG is damaged. Save it again.');
    chunks.push({ type: body.toString('latin1', 0, 4), data: body.subarray(4), whole });
    at = end;
  }
  return chunks;
}
