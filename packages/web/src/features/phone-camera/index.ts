export { PhoneCameraPage } from './phone-camera-page.tsx';
export { phoneCameraWords } from './words.ts';
