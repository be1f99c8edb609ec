export { reportQuery } from './queries.ts';
export { RegisterPage } from './register-page.tsx';
export { ReportPage } from './report-page.tsx';
export { readRegisterSearch } from './search.ts';
export { incidentsWords } from './words.ts';
