export { CitizenPage } from './citizen-page.tsx';
export { citizenWords } from './words.ts';
