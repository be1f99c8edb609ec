export { RetentionPage } from './retention-page.tsx';
export { retentionWords } from './words.ts';
