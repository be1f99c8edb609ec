export { FloorPage } from './floor-page.tsx';
export { FloorPlan, imageOf, PlanPeople, type PlanRoom } from './floor-plan.tsx';
export { PlansLink } from './plans-link.tsx';
export { PlansPage } from './plans-page.tsx';
export { floorsWords } from './words.ts';
