export { DirectoryPage } from './directory-page.tsx';
export { directoryWords } from './words.ts';
