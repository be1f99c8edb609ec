import type { Me, Permission } from '@vigie/contracts/accounts';

/** A page of the navigation. */
export interface Place {
  to:
    | '/overview'
    | '/cases'
    | '/parking'
    | '/devices'
    | '/rooms'
    | '/register'
    | '/messages'
    | '/accounts'
    | '/audit'
    | '/privacy'
    | '/retention'
    | '/demo/inbox';
  name:
    | 'overview'
    | 'cases'
    | 'parking'
    | 'devices'
    | 'rooms'
    | 'register'
    | 'messages'
    | 'accounts'
    | 'audit'
    | 'privacy'
    | 'retention'
    | 'inbox';
  needs: Permission;
  isDemo?: true;
}

const places: readonly Place[] = [
  { to: '/overview', name: 'overview', needs: 'devices.write' },
  { to: '/cases', name: 'cases', needs: 'parking.handle-cases' },
  { to: '/parking', name: 'parking', needs: 'parking.read' },
  { to: '/devices', name: 'devices', needs: 'devices.read' },
  { to: '/rooms', name: 'rooms', needs: 'rooms.read' },
  { to: '/register', name: 'register', needs: 'rooms.read' },
  { to: '/messages', name: 'messages', needs: 'messages.read' },
  { to: '/accounts', name: 'accounts', needs: 'accounts.write' },
  { to: '/audit', name: 'audit', needs: 'audit.read' },
  { to: '/privacy', name: 'privacy', needs: 'audit.read' },
  { to: '/retention', name: 'retention', needs: 'audit.read' },
  { to: '/demo/inbox', name: 'inbox', needs: 'messages.read', isDemo: true },
];

/** The pages this person can open, in the order of the navigation. */
export const placesFor = ({ permissions, isDemo }: Pick<Me, 'permissions' | 'isDemo'>): Place[] =>
  places.filter((place) => permissions.includes(place.needs) && (!place.isDemo || isDemo));

/** So many pages have room side by side in the bar of a telephone, 390 CSS pixels wide. */
const widest = 5;

/** Those in the bar of a telephone, and those behind its last button; none are when all have room. */
export function placesOnPhone(all: readonly Place[]): { inBar: Place[]; more: Place[] } {
  const shown = all.length > widest ? widest - 1 : widest;
  return { inBar: all.slice(0, shown), more: all.slice(shown) };
}
