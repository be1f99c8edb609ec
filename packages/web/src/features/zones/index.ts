export { zonesWords } from './words.ts';
export { ZonePage } from './zone-page.tsx';
export { ZonesPage } from './zones-page.tsx';
