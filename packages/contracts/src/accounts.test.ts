import { describe, expect, it } from 'vitest';
import {
  canBeLimited,
  everywhere,
  hasPermission,
  isLimited,
  isWithin,
  Permission,
  type Place,
  permissionsOf,
  Role,
  type Scope,
} from './accounts.ts';
import { type LiveEventName, liveEvents, livePermissions } from './live.ts';

describe('the table of rights', () => {
  it('names every role, and no right twice', () => {
    expect(Object.keys(permissionsOf).sort()).toEqual([...Role.options].sort());
    for (const role of Role.options) {
      expect(new Set(permissionsOf[role]).size).toBe(permissionsOf[role].length);
    }
  });

  it('gives an administrator every right', () => {
    expect([...permissionsOf.administrator].sort()).toEqual([...Permission.options].sort());
  });

  it.each<{ permission: Permission; roles: Role[] }>([
    { permission: 'town.write', roles: ['administrator'] },
    { permission: 'accounts.write', roles: ['administrator'] },
    { permission: 'devices.write', roles: ['administrator'] },
    { permission: 'parking.subscribe', roles: ['administrator'] },
    { permission: 'cameras.view-clear', roles: ['administrator', 'fire-safety-officer'] },
    { permission: 'cameras.view-private', roles: ['administrator', 'fire-safety-officer'] },
    { permission: 'alarm.end', roles: ['administrator', 'fire-safety-officer'] },
    { permission: 'alarm.sound', roles: ['administrator', 'fire-safety-officer', 'warden'] },
    { permission: 'drills.plan', roles: ['administrator', 'fire-safety-officer'] },
    { permission: 'audit.read', roles: ['administrator', 'data-protection-officer'] },
    {
      permission: 'parking.handle-cases',
      roles: ['administrator', 'police-manager', 'police-officer'],
    },
  ])('gives $permission to $roles only', ({ permission, roles }) => {
    expect(Role.options.filter((role) => hasPermission(role, permission))).toEqual(roles);
  });

  it('gives a device no right by its role', () => {
    expect(permissionsOf.device).toEqual([]);
  });

  it.each([
    { may: 'sound an alarm', need: 'see the rooms', one: 'alarm.sound', other: 'rooms.read' },
    { may: 'end an alarm', need: 'sound it', one: 'alarm.end', other: 'alarm.sound' },
    {
      may: 'handle cases',
      need: 'see the parking',
      one: 'parking.handle-cases',
      other: 'parking.read',
    },
    {
      may: 'see people clearly',
      need: 'see them pixelated',
      one: 'cameras.view-clear',
      other: 'cameras.view-private',
    },
  ] as const)('lets those who may $may also $need', ({ one, other }) => {
    const holders = Role.options.filter((role) => hasPermission(role, one));
    expect(holders.filter((role) => !hasPermission(role, other))).toEqual([]);
  });
});

describe('a scope', () => {
  const centre: Scope = { zoneIds: ['centre'], buildingIds: null };
  const townHall: Scope = { zoneIds: [], buildingIds: ['town-hall'] };

  it.each<{ scope: Scope; place: Place; holds: boolean }>([
    { scope: everywhere, place: { zoneId: 'gare' }, holds: true },
    { scope: everywhere, place: { buildingId: 'school' }, holds: true },
    { scope: centre, place: { zoneId: 'centre' }, holds: true },
    { scope: centre, place: { zoneId: 'gare' }, holds: false },
    { scope: centre, place: { buildingId: 'school' }, holds: true },
    { scope: townHall, place: { zoneId: 'centre' }, holds: false },
    { scope: townHall, place: { buildingId: 'town-hall' }, holds: true },
    { scope: townHall, place: { buildingId: 'school' }, holds: false },
  ])('$scope holds $place: $holds', ({ scope, place, holds }) => {
    expect(isWithin(scope, place)).toBe(holds);
  });

  it('limits the rights over its kind of place, and every right over the town', () => {
    const limited = (scope: Scope) => Permission.options.filter((one) => isLimited(scope, one));
    expect(limited(everywhere)).toEqual([]);
    expect(limited(centre)).toEqual(
      expect.arrayContaining(['parking.read', 'messages.read', 'town.write', 'accounts.write']),
    );
    expect(limited(centre)).not.toContain('rooms.read');
    expect(limited(townHall)).toEqual(Permission.options);
  });

  it('may be given to roles that hold no right over the whole town', () => {
    expect(Role.options.filter((role) => !canBeLimited(role))).toEqual([
      'administrator',
      'data-protection-officer',
    ]);
  });
});

describe('live events', () => {
  it('each ask for a right', () => {
    expect(Object.keys(livePermissions).sort()).toEqual(Object.keys(liveEvents).sort());
  });

  it.each<{ event: LiveEventName; reader: Role; may: boolean }>([
    { event: 'space', reader: 'viewer', may: true },
    { event: 'case', reader: 'viewer', may: false },
    { event: 'case', reader: 'police-officer', may: true },
    { event: 'case', reader: 'warden', may: false },
    { event: 'board', reader: 'warden', may: true },
    { event: 'board', reader: 'police-officer', may: false },
    { event: 'message', reader: 'fire-safety-officer', may: false },
  ])('$event reaches a $reader: $may', ({ event, reader, may }) => {
    expect(hasPermission(reader, livePermissions[event])).toBe(may);
  });
});
