export { ParkingCameraPage } from './camera-page.tsx';
export { ParkingCameraSettingsPage } from './camera-settings-page.tsx';
export { CamerasPage } from './cameras-page.tsx';
export { DevicesPage } from './devices-page.tsx';
export { readDeviceFilter } from './registry.ts';
export { devicesWords } from './words.ts';
