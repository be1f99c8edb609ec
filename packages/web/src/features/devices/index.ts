export { DevicesPage } from './devices-page.tsx';
export { readDeviceFilter } from './registry.ts';
export { devicesWords } from './words.ts';
