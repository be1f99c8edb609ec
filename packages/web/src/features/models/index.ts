export { ModelsLink } from './models-link.tsx';
export { ModelsPage } from './models-page.tsx';
export { modelsWords } from './words.ts';
