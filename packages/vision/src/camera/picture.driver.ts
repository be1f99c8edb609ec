import sharp from 'sharp';
import type { Size } from '../detector/boxes.ts';
import type { Picture } from '../detector/detector.ts';

/** A picture that cannot be read: the message says why. */
export class PictureUnreadable extends Error {}

/**
 * Decodes a JPEG, PNG, WebP, AVIF, TIFF or GIF file (its first image), upright as its EXIF orientation says, without transparency.
 * @throws PictureUnreadable
 */
export async function decodePicture(file: string | Uint8Array): Promise<Picture> {
  try {
    const { data, info } = await sharp(file)
      .rotate()
      .flatten({ background: '#727272' })
      .toColourspace('srgb')
      .removeAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { rgb: asRgb(data, info.channels), size: { width: info.width, height: info.height } };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new PictureUnreadable(why, { cause });
  }
}

/** Three bytes a pixel in shared memory. */
function asRgb(data: Uint8Array, channels: number): Uint8Array {
  const rgb = new Uint8Array(new SharedArrayBuffer((data.length / channels) * 3));
  if (channels === 3) {
    rgb.set(data);
    return rgb;
  }
  for (let pixel = 0; pixel < rgb.length / 3; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      rgb[pixel * 3 + channel] = data[pixel * channels + Math.min(channel, channels - 1)] as number;
    }
  }
  return rgb;
}

const rawOf = ({ rgb, size }: Picture) =>
  sharp(rgb, { raw: { width: size.width, height: size.height, channels: 3 } });

/** JPEG of a picture, reduced so that its longer side is at most `longSide` pixels. */
export async function encodeJpeg(
  picture: Picture,
  { longSide, quality }: { longSide: number; quality: number },
): Promise<{ jpeg: Uint8Array; size: Size }> {
  const { data, info } = await rawOf(picture)
    .resize({ width: longSide, height: longSide, fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality })
    .toBuffer({ resolveWithObject: true });
  return { jpeg: data, size: { width: info.width, height: info.height } };
}

/** The picture with a drawing over it, as a JPEG in full size. `svg` has the size of the picture. */
export async function encodeWithDrawing(picture: Picture, svg: string): Promise<Uint8Array> {
  return rawOf(picture)
    .composite([{ input: Buffer.from(svg), left: 0, top: 0 }])
    .jpeg({ quality: 90 })
    .toBuffer();
}
