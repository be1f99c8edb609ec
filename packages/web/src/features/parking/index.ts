export { BollardFace } from './bollard-face.tsx';
export { ParkingPage } from './parking-page.tsx';
export {
  bollardsQuery,
  spaceQuery,
  spacesQuery,
  takeSpace,
  useParkingNow,
  useParkingRate,
} from './queries.ts';
export { GeoLink, SpacePage } from './space-page.tsx';
export { SpaceTile } from './space-tile.tsx';
export { groupByNeed, readFilter, type SpaceFilter } from './spaces.ts';
export { StateWord } from './state-word.tsx';
export { parkingWords } from './words.ts';
