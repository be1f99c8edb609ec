import { PLAN_BYTES, type PlanPicture } from '@vigie/contracts/floors';
import type { GivenPlan } from './plan-draft.ts';
import { pageAsPng, pngOf } from './plan-pdf.ts';

/** Longest side of a plan that is drawn anew here, in pixels: A3 at 240 dpi. */
const longestSide = 4000;

/**
 * Reads the plan that somebody chose: SVG and PNG as they are, a page of a PDF and other pictures as PNG.
 * `page` counts from 1.
 * @throws Error when it is none of these.
 */
export async function planFromFile(file: File, page: number): Promise<GivenPlan> {
  if (file.type === 'image/svg+xml') return withSize('image/svg+xml', file);
  if (file.type === 'application/pdf') return withSize('image/png', await pageAsPng(file, page));
  const isSmall = file.type === 'image/png' && file.size <= PLAN_BYTES;
  return withSize('image/png', isSmall ? file : await drawnAnew(file));
}

async function withSize(mediaType: PlanPicture['mediaType'], file: Blob): Promise<GivenPlan> {
  const base64 = await base64Of(file);
  const image = new Image();
  image.src = `data:${mediaType};base64,${base64}`;
  await image.decode();
  const { naturalWidth: width, naturalHeight: height } = image;
  if (!width || !height) throw new Error('the picture has no size');
  return { picture: { mediaType, base64 }, width, height };
}

const base64Of = (file: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });

async function drawnAnew(file: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height));
  const canvas = canvasOf(bitmap.width * scale, bitmap.height * scale);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return pngOf(canvas);
}

function canvasOf(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width);
  canvas.height = Math.round(height);
  return canvas;
}
