export { PrivacyPage } from './privacy-page.tsx';
export { privacyWords } from './words.ts';
