export { CameraFrame, CameraPicture, type Look } from './camera-picture.tsx';
export { ClearView } from './clear-view.tsx';
export { driftText } from './doors.tsx';
export { estimateTexts } from './estimate.ts';
export {
  byFloor,
  type FaceReason,
  faceOf,
  type Headline,
  headlineOf,
  type RoomFace,
  type RoomsSum,
  rangeText,
  staleAfterMs,
  sumOf,
  type Viewpoint,
  warningsIn,
} from './face.ts';
export { buildingsQuery, refreshBuildings, takeRoom, useViewpoint } from './queries.ts';
export { RemoveCamera } from './remove-camera.tsx';
export { RoomPage } from './room-page.tsx';
export { countOf, faceOfRoom, RoomTile } from './room-tile.tsx';
export { RoomsPage } from './rooms-page.tsx';
export { toldIn } from './told.ts';
export { roomsWords } from './words.ts';
