export { PeoplePage } from './people-page.tsx';
export { accountsQuery } from './queries.ts';
export { peopleWords } from './words.ts';
