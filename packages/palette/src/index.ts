export { legendSvg } from './legend.ts';
export { type Metrics, metricsOf, type PerVision } from './metrics.ts';
export { type ColourName, colourNames } from './names.ts';
export { BLACK, colourOf, MOST_DAYS, type Palette, paletteFor } from './palette.ts';
export type { HexString } from './srgb.ts';
