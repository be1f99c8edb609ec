export { CommissioningPage } from './commissioning-page.tsx';
export { ConfirmView } from './confirm-view.tsx';
export { commissioningWords } from './words.ts';
