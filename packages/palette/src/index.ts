export { closestPairs, type Pair } from './closest-pairs.ts';
export { seenAs, VISIONS, type Vision } from './colour-vision.ts';
export { inkOn } from './ink.ts';
export { dutyAt, type LampFace, type Light, lightAt } from './lamp.ts';
export { legendSvg } from './legend.ts';
export { type Metrics, metricsOf, type PerVision } from './metrics.ts';
export { type ColourName, colourNames } from './names.ts';
export {
  BLACK,
  colourOf,
  isAtHand,
  keep,
  liveColours,
  MOST_DAYS,
  type Palette,
  paletteFor,
  shippedColours,
} from './palette.ts';
export { type ScreenFace, type ScreenLook, screenLookOf } from './screen.ts';
export type { HexString } from './srgb.ts';
