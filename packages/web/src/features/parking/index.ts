export { BollardFace } from './bollard-face.tsx';
export { PalettePage, readPeriod } from './palette-page.tsx';
export { ParkingPage } from './parking-page.tsx';
export {
  bollardsQuery,
  spaceQuery,
  spacesQuery,
  takeSpace,
  useParkingNow,
  useParkingRate,
  zonesQuery,
} from './queries.ts';
export { GeoLink, SpacePage } from './space-page.tsx';
export { SpaceTile } from './space-tile.tsx';
export { groupByNeed, readFilter } from './spaces.ts';
export { parkingWords } from './words.ts';
