export { legendSvg } from './legend.ts';
export { type Metrics, metricsOf, type PerVision } from './metrics.ts';
export { type ColourName, colourNames } from './names.ts';
export {
  BLACK,
  colourOf,
  liveColours,
  MOST_DAYS,
  type Palette,
  paletteFor,
  shippedColours,
} from './palette.ts';
export type { HexString } from './srgb.ts';
