export { CasePage } from './case-page.tsx';
export { groupCases } from './cases.ts';
export { CaseRow, CasesPage } from './cases-page.tsx';
export { casesQuery, takeCase } from './queries.ts';
export { casesWords } from './words.ts';
