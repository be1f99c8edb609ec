import { writeFile } from 'node:fs/promises';
import {
  colourNames,
  legendSvg,
  MOST_DAYS,
  metricsOf,
  type Palette,
  paletteFor,
} from '@vigie/palette';
import { Command, InvalidArgumentError } from 'commander';

interface Options {
  json?: boolean;
  svg?: string;
  png?: string;
}

/** Dots per inch of the printed legend, and its width of 210 mm in dots. */
const PRINT_DPI = 300;
const PRINT_WIDTH = 2480;
/** sharp multiplies millimetres by the density twice: this draws a little more than PRINT_WIDTH. */
const DRAWING_DENSITY = 150;

/** `vigie palette`: the day colours of a period, as text, JSON or a printable legend. */
export function paletteCommand(): Command {
  return new Command('palette')
    .description('Shows the colours of the days of a parking period, black last')
    .argument('<days>', `allowed days, 1 to ${MOST_DAYS}`, daysOf)
    .option('--json', 'one JSON object with colours and figures, and nothing else, on the output')
    .option('--svg <file>', 'a printable A4 legend, French and English')
    .option('--png <file>', `the same as a picture, ${PRINT_DPI} dpi`)
    .action(show);
}

function daysOf(text: string): number {
  const days = Number(text);
  if (!/^\d+$/.test(text) || days < 1 || days > MOST_DAYS) {
    throw new InvalidArgumentError(`Give a whole number of days from 1 to ${MOST_DAYS}.`);
  }
  return days;
}

async function show(days: number, { json, svg, png }: Options): Promise<void> {
  const palette = paletteFor(days);
  if (svg !== undefined) await write(svg, legendSvg(palette));
  if (png !== undefined) await write(png, await pictureOf(legendSvg(palette)));
  if (json) {
    const { allowedDays, version, colours } = palette;
    console.log(JSON.stringify({ allowedDays, version, colours, metrics: metricsOf(colours) }));
  } else {
    console.log(listed(palette, process.stdout.isTTY === true));
  }
}

/** One line per day: number, swatch on a terminal, hex, French name, English name. */
function listed(palette: Palette, isTerminal: boolean): string {
  const names = colourNames(palette);
  return palette.colours
    .map((colour, i) => {
      const label = i < palette.allowedDays ? `${i + 1}` : `${i + 1}+`;
      const swatch = isTerminal ? `${swatchOf(colour)} ` : '';
      return `${label.padStart(4)}  ${swatch}${colour}  ${names[i]?.fr} / ${names[i]?.en}`;
    })
    .join('\n');
}

/** Four cells of background in 24-bit colour. */
function swatchOf(colour: string): string {
  const code = Number.parseInt(colour.slice(1), 16);
  return `\x1b[48;2;${code >> 16};${(code >> 8) & 255};${code & 255}m    \x1b[0m`;
}

async function pictureOf(svg: string): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  return sharp(Buffer.from(svg), { density: DRAWING_DENSITY })
    .resize({ width: PRINT_WIDTH })
    .withMetadata({ density: PRINT_DPI })
    .png()
    .toBuffer();
}

async function write(file: string, content: string | Buffer): Promise<void> {
  try {
    await writeFile(file, content);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`cannot write the legend to ${file}: ${reason}`, { cause });
  }
}
