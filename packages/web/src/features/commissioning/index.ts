export { CommissioningPage } from './commissioning-page.tsx';
export { commissioningWords } from './words.ts';
