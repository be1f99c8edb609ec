import { PersonRole, permissionsOf } from '@vigie/contracts/accounts';
import { describe, expect, it } from 'vitest';
import { homeOf } from '../features/overview/home.ts';
import { placesFor, placesOnPhone } from './places.ts';

describe('the navigation', () => {
  it.each(PersonRole.options)('leads %s to the page this role begins on', (role) => {
    const places = placesFor({ permissions: [...permissionsOf[role]], isDemo: false });
    expect(places.map(({ to }) => to)).toContain(homeOf(role));
  });

  it('shows the demo’s inbox in the demo only', () => {
    const permissions = [...permissionsOf.administrator];
    const names = (isDemo: boolean) => placesFor({ permissions, isDemo }).map(({ name }) => name);
    expect(names(true)).toContain('inbox');
    expect(names(false)).not.toContain('inbox');
  });

  it('shows a police officer neither rooms nor messages', () => {
    const permissions = [...permissionsOf['police-officer']];
    expect(placesFor({ permissions, isDemo: true }).map(({ name }) => name)).toEqual([
      'cases',
      'parking',
    ]);
  });

  it.each([
    { role: 'administrator', inBar: ['overview', 'cases', 'parking', 'devices'], more: 7 },
    { role: 'police-manager', inBar: ['cases', 'parking', 'devices', 'messages'], more: 0 },
    { role: 'viewer', inBar: ['parking', 'rooms', 'register'], more: 0 },
  ] as const)(
    'has room for five on a telephone of $role, the fifth being the way to more',
    (row) => {
      const all = placesFor({ permissions: [...permissionsOf[row.role]], isDemo: false });
      const { inBar, more } = placesOnPhone(all);
      expect(inBar.map(({ name }) => name)).toEqual(row.inBar);
      expect(more).toHaveLength(row.more);
      expect([...inBar, ...more]).toEqual(all);
    },
  );
});
