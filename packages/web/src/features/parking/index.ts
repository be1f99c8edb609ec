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
export { SpaceMap } from './space-map.tsx';
export { GeoLink, SpacePage } from './space-page.tsx';
export { SpaceSensors } from './space-sensors.tsx';
export { SpaceTile } from './space-tile.tsx';
export { groupByNeed, readFilter } from './spaces.ts';
export { StayStrip } from './stay-strip.tsx';
export { parkingWords } from './words.ts';
