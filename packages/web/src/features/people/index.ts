export { Limits } from './limits.tsx';
export { PeoplePage } from './people-page.tsx';
export { accountsQuery } from './queries.ts';
export { ScopeFields } from './scope-fields.tsx';
export { peopleWords } from './words.ts';
