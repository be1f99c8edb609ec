import { colourNames } from './names.ts';
import type { Palette } from './palette.ts';

/** A4, millimetres. */
const PAGE = { width: 210, height: 297, margin: 12, top: 36, bottom: 284, gutter: 6 };
const FONT = "Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";

/** Columns by the most rows with black that they are used for. */
const COLUMNS: readonly (readonly [rows: number, columns: number])[] = [
  [10, 1],
  [34, 2],
  [75, 3],
  [140, 4],
  [220, 5],
];
const MOST_COLUMNS = 6;
const TALLEST_ROW = 30;
/** Rows at least so high have a line of their own for the hex. */
const THREE_LINES_FROM = 9;
/** The swatch takes so much of the room beside the number. */
const SWATCH_SHARE = 0.42;
/** Width of a letter by its height, on the safe side. */
const LETTER = 0.54;

/** Where a row is, and the letters of the longest day number beside it. */
type Cell = { x: number; y: number; width: number; height: number; digits: number };
type Line = { label: string; colour: string; fr: string; en: string };

/** A printed sheet of a palette, A4 upright, French and English: day, swatch, name, hex. */
export function legendSvg(palette: Palette): string {
  const lines = linesOf(palette);
  const columns = COLUMNS.find(([rows]) => lines.length <= rows)?.[1] ?? MOST_COLUMNS;
  const rows = Math.ceil(lines.length / columns);
  const height = Math.min(TALLEST_ROW, (PAGE.bottom - PAGE.top) / rows);
  const usable = PAGE.width - 2 * PAGE.margin - (columns - 1) * PAGE.gutter;
  const width = usable / columns;
  const digits = `${lines.length}+`.length;
  const cells = lines.map((line, i) => {
    const x = PAGE.margin + Math.floor(i / rows) * (width + PAGE.gutter);
    return rowSvg(line, { x, y: PAGE.top + (i % rows) * height, width, height, digits });
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${PAGE.width}mm" height="${PAGE.height}mm" viewBox="0 0 ${PAGE.width} ${PAGE.height}" font-family="${FONT}" fill="#1c1b1a">`,
    `<rect width="${PAGE.width}" height="${PAGE.height}" fill="#ffffff"/>`,
    headSvg(palette),
    ...cells,
    footSvg(palette),
    '</svg>\n',
  ].join('\n');
}

function linesOf(palette: Palette): Line[] {
  const names = colourNames(palette);
  return palette.colours.map((colour, i) => {
    const label = i < palette.allowedDays ? `${i + 1}` : `${i + 1}+`;
    return { label, colour, fr: names[i]?.fr ?? '', en: names[i]?.en ?? '' };
  });
}

/** Day number, swatch, and beside it the French name, then in grey the English name and the hex. */
function rowSvg({ label, colour, fr, en }: Line, { x, y, width, height, digits }: Cell): string {
  const hasThreeLines = height >= THREE_LINES_FROM;
  const type = Math.min(7, height * (hasThreeLines ? 0.25 : 0.36), width / 16);
  const swatchHeight = height - Math.min(1.6, height * 0.12);
  const middle = y + swatchHeight / 2;
  const numberEnd = x + digits * 1.2 * type * 0.6;
  const swatchX = numberEnd + type * 0.4;
  const swatchWidth = (x + width - swatchX) * SWATCH_SHARE;
  const radius = Math.min(1.2, height * 0.12);
  const words = { x: swatchX + swatchWidth + type * 0.5, middle, type, right: x + width };
  return [
    `<text x="${mm(numberEnd)}" y="${mm(middle + type * 0.42)}" font-size="${mm(type * 1.2)}" font-weight="bold" text-anchor="end">${label}</text>`,
    `<rect x="${mm(swatchX)}" y="${mm(y)}" width="${mm(swatchWidth)}" height="${mm(swatchHeight)}" rx="${mm(radius)}" fill="${colour}" stroke="#8c8a86" stroke-width="0.15"/>`,
    hasThreeLines ? wordsSvg([fr, en, colour], words) : wordsSvg([fr, `${en} · ${colour}`], words),
  ].join('');
}

/** Lines of text round a middle, the first larger and darker, each shrunk if it would pass `right`. */
function wordsSvg(
  lines: readonly string[],
  { x, middle, type, right }: { x: number; middle: number; type: number; right: number },
): string {
  const pitch = type * 1.12;
  return lines
    .map((line, i) => {
      const size = Math.min(i === 0 ? type : type * 0.78, (right - x) / (line.length * LETTER));
      const y = middle + type * 0.32 + (i - (lines.length - 1) / 2) * pitch;
      const ink = i === 0 ? '' : ' fill="#57534e"';
      return `<text x="${mm(x)}" y="${mm(y)}" font-size="${mm(size)}"${ink}>${line}</text>`;
    })
    .join('');
}

function headSvg({ allowedDays }: Palette): string {
  const daysFr = allowedDays > 1 ? `${allowedDays} jours autorisés` : '1 jour autorisé';
  const daysEn = allowedDays > 1 ? `${allowedDays} days allowed` : '1 day allowed';
  return [
    `<text x="${PAGE.margin}" y="20" font-size="8" font-weight="bold">Couleurs des jours</text>`,
    `<text x="${PAGE.width - PAGE.margin}" y="20" font-size="8" fill="#57534e" text-anchor="end">Day colours</text>`,
    `<text x="${PAGE.margin}" y="28" font-size="3.8">${daysFr}, puis noir : durée dépassée</text>`,
    `<text x="${PAGE.width - PAGE.margin}" y="28" font-size="3.8" fill="#57534e" text-anchor="end">${daysEn}, then black: over time</text>`,
    `<path d="M${PAGE.margin} 31.5H${PAGE.width - PAGE.margin}" stroke="#8c8a86" stroke-width="0.25"/>`,
  ].join('');
}

function footSvg({ version }: Palette): string {
  const fr = 'Le papier ne montre pas les couleurs d’un écran : le numéro du jour fait foi.';
  const en = 'Paper does not show the colours of a screen: the number of the day decides.';
  return [
    `<text x="${PAGE.margin}" y="288.5" font-size="2.5" fill="#57534e">${fr}</text>`,
    `<text x="${PAGE.margin}" y="291.8" font-size="2.5" fill="#57534e">${en}</text>`,
    `<text x="${PAGE.width - PAGE.margin}" y="288.5" font-size="2.5" fill="#57534e" text-anchor="end">${version}</text>`,
  ].join('');
}

function mm(length: number): string {
  return String(Math.round(length * 100) / 100);
}
