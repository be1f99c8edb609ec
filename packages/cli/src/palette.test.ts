import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { metricsOf, paletteFor } from '@vigie/palette';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from './testing/run-command.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-palette-'));
});
afterAll(() => rm(folder, { recursive: true }));

const palette = (...args: string[]) => runCommand(['palette', ...args]);

describe('vigie palette', () => {
  it('prints one JSON object with colours and figures, and nothing else', async () => {
    const { code, out, err } = await palette('7', '--json');
    const { version, colours } = paletteFor(7);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toEqual({
      allowedDays: 7,
      version,
      colours,
      metrics: metricsOf(colours),
    });
  });

  it('lists day, hex and both names, black last', async () => {
    const { code, out } = await palette('7');
    const lines = out.trimEnd().split('\n');
    expect(code).toBe(0);
    expect(lines).toHaveLength(8);
    expect(lines[0]).toMatch(/^ {3}1 {2}#[0-9a-f]{6} {2}\S.* \/ \S/);
    expect(lines[7]).toBe('  8+  #000000  noir / black');
  });

  it('writes a legend as SVG and as a picture for A4 at 300 dpi', async () => {
    const svg = join(folder, 'legend.svg');
    const png = join(folder, 'legend.png');
    const { code } = await palette('31', '--svg', svg, '--png', png);
    expect(code).toBe(0);
    expect(await readFile(svg, 'utf8')).toContain(paletteFor(31).version);
    const { format, width, height, density } = await sharp(png).metadata();
    expect({ format, width, density }).toEqual({ format: 'png', width: 2480, density: 300 });
    expect(Math.abs((height ?? 0) - 3508)).toBeLessThanOrEqual(1);
    const { data, info } = await sharp(png)
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const shown = new Set<string>();
    for (let at = 0; at < data.length; at += info.channels * 7) {
      shown.add(data.toString('hex', at - (at % info.channels), at - (at % info.channels) + 3));
    }
    for (const colour of paletteFor(31).colours) expect(shown).toContain(colour.slice(1));
  });

  it.each([['0'], ['367'], ['1.5'], ['abc'], ['--', '-3'], []])(
    'refuses %j as wrong usage and says what is right',
    async (...args) => {
      const { code, out, err } = await palette(...args);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toMatch(
        args.length > 0 ? /whole number of days from 1 to 366/ : /missing required argument 'days'/,
      );
    },
  );

  it('fails and names the file when the legend cannot be written', async () => {
    const { code, err } = await palette('7', '--png', join(folder, 'missing', 'legend.png'));
    expect(code).toBe(1);
    expect(err).toMatch(/cannot write the legend to .*missing/);
  });
});
