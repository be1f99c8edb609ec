import type { Person } from '@vigie/contracts/vision';
import type { Shot } from './camera-live.ts';

const DARK = 'rgb(0 0 0 / 75%)';
const LIGHT = '#ffe14d';

/** What is drawn over a picture: the boxes, and beside each its number and how sure it is. */
export interface Overlay {
  boxes: boolean;
  labels: boolean;
}

/** Draws a picture, and the boxes that came with it unless it is too old to say where anybody is. */
export function drawShot(
  canvas: HTMLCanvasElement,
  { header, picture }: Shot,
  overlay: Overlay,
): void {
  if (canvas.width !== picture.width) canvas.width = picture.width;
  if (canvas.height !== picture.height) canvas.height = picture.height;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.drawImage(picture, 0, 0);
  if (!overlay.boxes) return;
  const line = Math.max(2, picture.width / 260);
  context.lineJoin = 'round';
  for (const person of header.people) {
    const [x, y, w, h] = person.box;
    const rect = [
      x * picture.width,
      y * picture.height,
      w * picture.width,
      h * picture.height,
    ] as const;
    for (const [style, width] of [
      [DARK, line * 2.2],
      [LIGHT, line],
    ] as const) {
      context.strokeStyle = style;
      context.lineWidth = width;
      context.strokeRect(...rect);
    }
    if (overlay.labels) writeLabel(context, labelOf(person), rect, line);
  }
}

const labelOf = ({ track, score }: Person): string =>
  [...(track === undefined ? [] : [`n° ${track}`]), `${Math.round(score * 100)} %`].join(' · ');

/** Above the box, or within it where the picture ends. */
function writeLabel(
  context: CanvasRenderingContext2D,
  text: string,
  [x, y]: readonly [number, number, number, number],
  line: number,
): void {
  const size = Math.max(11, line * 6);
  context.font = `600 ${size}px sans-serif`;
  context.textBaseline = 'bottom';
  const bottom = y > size * 1.4 ? y - line : y + size * 1.4;
  context.fillStyle = DARK;
  context.fillRect(
    x,
    bottom - size * 1.3,
    context.measureText(text).width + size * 0.6,
    size * 1.3,
  );
  context.fillStyle = LIGHT;
  context.fillText(text, x + size * 0.3, bottom - size * 0.1);
}
