export { homeOf } from './home.ts';
export { OverviewPage } from './overview-page.tsx';
export { overviewWords } from './words.ts';
