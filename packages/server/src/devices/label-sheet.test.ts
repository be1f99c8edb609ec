import { inflateSync } from 'node:zlib';
import type { Bollard } from '@vigie/contracts/devices';
import reader from 'jsqr';
import { describe, expect, it } from 'vitest';
import { labelsPdf } from './label-sheet.driver.ts';
import { cellAt, type Label, labelsOf } from './label-sheet.ts';

const label = (id: string): Label => ({
  bollardId: id,
  spaces: 'R-03',
  street: 'Rue de l’Évêché',
  url: `https://vigie.example.org/b/${id}`,
});

/** Instructions of each page, in the order of the pages. */
function pagesOf(pdf: Buffer): string[] {
  const text = pdf.toString('latin1');
  return [...text.matchAll(/stream\n(.*?)\nendstream/gs)]
    .map(([, bytes = '']) => inflateSync(Buffer.from(bytes, 'latin1')).toString('latin1'))
    .filter((part) => part.includes(' re\n'));
}

const pixelsPerPoint = 6;

/** What stands in one label of a page, as its reader's camera sees it. */
function seen(page: string, index: number): string | undefined {
  const { xMm, yMm } = cellAt(index);
  const [left, top, width, height] = [xMm, yMm, 70, 37].map((mm) =>
    Math.round((mm * 72 * pixelsPerPoint) / 25.4),
  ) as [number, number, number, number];
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (const [, ...texts] of page.matchAll(/([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re/g)) {
    const [x, y, w, h] = texts.map((text) => Number(text) * pixelsPerPoint) as [
      number,
      number,
      number,
      number,
    ];
    for (let row = Math.round(y - top); row < Math.round(y + h - top); row++)
      for (let column = Math.round(x - left); column < Math.round(x + w - left); column++)
        if (row >= 0 && row < height && column >= 0 && column < width)
          pixels.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
  }
  return reader.default(pixels, width, height)?.data;
}

/** Words of a page, as they are drawn. */
const wordsOf = (page: string): string =>
  [...page.matchAll(/<([0-9a-f]+)>/g)]
    .map(([, hex = '']) => new TextDecoder('windows-1252').decode(Buffer.from(hex, 'hex')))
    .join('');

describe('a sheet of labels', () => {
  it('holds three columns and eight rows within A4', () => {
    expect(cellAt(0)).toEqual({ page: 0, xMm: 0, yMm: 0.5 });
    expect(cellAt(23)).toEqual({ page: 0, xMm: 140, yMm: 259.5 });
    expect(cellAt(24)).toEqual({ page: 1, xMm: 0, yMm: 0.5 });
  });

  it('carries codes that lead to the page of each space, and its words', async () => {
    const labels = Array.from({ length: 25 }, (_, at) => label(`b${at}`));
    const pages = pagesOf(await labelsPdf(labels));
    expect(pages).toHaveLength(2);
    const [first = '', second = ''] = pages;
    for (const index of [0, 1, 13, 23])
      expect(seen(first, index)).toBe(`https://vigie.example.org/b/b${index}`);
    expect(seen(second, 0)).toBe('https://vigie.example.org/b/b24');
    expect(wordsOf(first)).toContain('Rue de l’Évêché');
    expect(wordsOf(second)).toContain('R-03');
  });

  it('is a page of nothing, not a broken file, when there is nothing to print', async () => {
    expect((await labelsPdf([])).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('names all spaces of a bollard, and leaves out those that stand nowhere', () => {
    const bollard = (id: string, spaceIds: string[]) => ({ id, spaceIds }) as Bollard;
    const place = (id: string, address = '') => ({
      id,
      label: id.toUpperCase(),
      address,
      zoneName: 'Centre',
    });
    const places = [place('s1', 'Rue Haute 3'), place('s2'), place('s3')];
    const labels = labelsOf(
      [bollard('b1', ['s1', 's2']), bollard('b2', []), bollard('b3', ['s3'])],
      {
        places,
        publicUrl: 'https://v.org',
      },
    );
    expect(labels).toEqual([
      { bollardId: 'b1', spaces: 'S1 · S2', street: 'Rue Haute 3', url: 'https://v.org/b/s1' },
      { bollardId: 'b3', spaces: 'S3', street: 'Centre', url: 'https://v.org/b/s3' },
    ]);
  });
});
