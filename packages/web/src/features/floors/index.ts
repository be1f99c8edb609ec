export { AloneRooms } from './alone-rooms.tsx';
export { BuildingPage } from './building-page.tsx';
export { FloorPage } from './floor-page.tsx';
export { FloorPlan, imageOf, PlanPeople, type PlanRoom } from './floor-plan.tsx';
export { PlansLink } from './plans-link.tsx';
export { PlansPage } from './plans-page.tsx';
export { evacuationPlanQuery } from './queries.ts';
export { roomsOfAccount } from './warden-rooms.ts';
export { floorsWords } from './words.ts';
