export { CameraPage } from './camera-page.tsx';
export { camerasWords } from './words.ts';
