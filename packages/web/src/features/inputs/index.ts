export { InputsLink } from './inputs-link.tsx';
export { InputsPage } from './inputs-page.tsx';
export { alarmInputsQuery } from './queries.ts';
export { inputsWords } from './words.ts';
