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
  { to: '/retention', name: 'retention', needs: 'audit.read' },
  { to: '/demo/inbox', name: 'inbox', needs: 'messages.read', isDemo: true },
];

/** The pages this person can open, in the order of the navigation. */
export const placesFor = ({ permissions, isDemo }: Pick<Me, 'permissions' | 'isDemo'>): Place[] =>
  places.filter((place) => permissions.includes(place.needs) && (!place.isDemo || isDemo));
