import type { Shot } from './camera-live.ts';

const DARK = 'rgb(0 0 0 / 75%)';
const LIGHT = '#ffe14d';

/** Draws a picture, and the boxes that came with it unless it is too old to say where anybody is. */
export function drawShot(
  canvas: HTMLCanvasElement,
  { header, picture }: Shot,
  withBoxes: boolean,
): void {
  if (canvas.width !== picture.width) canvas.width = picture.width;
  if (canvas.height !== picture.height) canvas.height = picture.height;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.drawImage(picture, 0, 0);
  if (!withBoxes) return;
  const line = Math.max(2, picture.width / 260);
  context.lineJoin = 'round';
  for (const { box } of header.people) {
    const [x, y, w, h] = box;
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
  }
}
