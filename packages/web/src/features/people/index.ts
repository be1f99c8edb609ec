export { PeoplePage } from './people-page.tsx';
export { peopleWords } from './words.ts';
