export { CameraPage } from './camera-page.tsx';
export { type NamedShape, PointEditor } from './point-editor.tsx';
export { onPicture } from './points.ts';
export { camerasWords } from './words.ts';
