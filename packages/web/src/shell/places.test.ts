import { PersonRole, permissionsOf } from '@vigie/contracts/accounts';
import { describe, expect, it } from 'vitest';
import { homeOf } from '../features/overview/home.ts';
import { placesFor } from './places.ts';

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
});
