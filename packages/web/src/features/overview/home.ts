import type { PersonRole } from '@vigie/contracts/accounts';

/** The page that each role needs first. */
const homes = {
  administrator: '/overview',
  'police-manager': '/cases',
  'police-officer': '/cases',
  'fire-safety-officer': '/rooms',
  warden: '/rooms',
  'data-protection-officer': '/messages',
  viewer: '/parking',
} as const satisfies Record<PersonRole, string>;

export const homeOf = (role: PersonRole): (typeof homes)[PersonRole] => homes[role];
