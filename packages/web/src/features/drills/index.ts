export { DrillLines, DrillNotice } from './drill-lines.tsx';
export { DrillsPage } from './drills-page.tsx';
export { DueList } from './due-list.tsx';
export { drillNeeds } from './needs.ts';
export { drillsQuery } from './queries.ts';
export { drillsWords } from './words.ts';
