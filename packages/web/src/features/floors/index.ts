export { FloorPage } from './floor-page.tsx';
export { freshId } from './fresh-id.ts';
export { PlansLink } from './plans-link.tsx';
export { PlansPage } from './plans-page.tsx';
export { floorsWords } from './words.ts';
