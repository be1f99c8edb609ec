import type { Picture } from '../detector/detector.ts';

const SIZE = { width: 640, height: 360 };

/** Numbers 0..1, the same for the same seed. Source: Marsaglia, Xorshift RNGs, 2003. */
function randomFrom(seed: number): () => number {
  let state = seed * 2_654_435_761 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

function mapped(
  { rgb, size }: Picture,
  pixel: (value: number, x: number, y: number) => number,
): Picture {
  const changed = rgb.map((value, at) => {
    const place = Math.floor(at / 3);
    const now = pixel(value, place % size.width, Math.floor(place / size.width));
    return Math.max(0, Math.min(255, now));
  });
  return { rgb: changed, size };
}

/** A picture full of furniture, 640×360, another one for each seed. */
export function roomPicture(seed = 1): Picture {
  const random = randomFrom(seed);
  const grey = new Uint8Array(SIZE.width * SIZE.height).fill(140);
  for (let piece = 0; piece < 160; piece++) {
    const [left, top] = [Math.floor(random() * SIZE.width), Math.floor(random() * SIZE.height)];
    const [width, height] = [8 + random() * 70, 8 + random() * 70];
    const luma = 30 + random() * 200;
    for (let y = top; y < Math.min(top + height, SIZE.height); y++) {
      grey.fill(luma, y * SIZE.width + left, y * SIZE.width + Math.min(left + width, SIZE.width));
    }
  }
  const rgb = new Uint8Array(grey.length * 3);
  for (let at = 0; at < rgb.length; at++) rgb[at] = grey[Math.floor(at / 3)] as number;
  return { rgb, size: SIZE };
}

/** The lights go down to this share. */
export const darkened = (picture: Picture, share: number): Picture =>
  mapped(picture, (value) => value * share);

/** Grey smoke before everything; `density` 0..1. */
export const smoked = (picture: Picture, density: number): Picture =>
  mapped(picture, (value) => value * (1 - density) + 170 * density);

/** Something lies over the left part of the lens; `share` 0..1. */
export const covered = (picture: Picture, share: number): Picture =>
  mapped(picture, (value, x, y) =>
    x < share * picture.size.width ? 80 + ((x * 7 + y * 3) % 4) : value,
  );

/** The camera was turned by so many pixels; what comes into view at the edge is the edge again. */
export const turned = (picture: Picture, pixels: number): Picture =>
  mapped(picture, (_, x, y) => {
    const from = Math.min(x + pixels, picture.size.width - 1);
    return picture.rgb[(y * picture.size.width + from) * 3] as number;
  });

/** Out of focus: every pixel is the mean of a square around it. */
export function blurred(picture: Picture, radius: number): Picture {
  const { size } = picture;
  const along = (from: Picture, dx: number, dy: number): Picture =>
    mapped(from, (_, x, y) => {
      let sum = 0;
      for (let i = -radius; i <= radius; i++) {
        const nearX = Math.max(0, Math.min(size.width - 1, x + i * dx));
        const nearY = Math.max(0, Math.min(size.height - 1, y + i * dy));
        sum += from.rgb[(nearY * size.width + nearX) * 3] as number;
      }
      return sum / (2 * radius + 1);
    });
  return along(along(picture, 1, 0), 0, 1);
}
