export { readSearch } from './period.ts';
export { StatisticsPage } from './statistics-page.tsx';
export { statisticsWords } from './words.ts';
