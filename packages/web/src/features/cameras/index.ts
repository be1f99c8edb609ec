export { type AddCameraFrom, AddCameraPage } from './add-camera-page.tsx';
export { CameraForm } from './camera-form.tsx';
export { CameraPage } from './camera-page.tsx';
export { CameraSettingsPage } from './camera-settings-page.tsx';
export { emptyEntry, tasks } from './entry.ts';
export { FindCamerasPage } from './find-cameras-page.tsx';
export { type NamedShape, PointEditor } from './point-editor.tsx';
export { middleOf, movedTo, onPicture } from './points.ts';
export { camerasWords } from './words.ts';
