export { DisplayPage } from './display-page.tsx';
export { displayWords } from './words.ts';
