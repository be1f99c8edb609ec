import * as z from 'zod';
import { DirectoryRefusal } from './directory-refusal.ts';
import { Id } from './ids.ts';
import { Instant } from './time.ts';

/** Roles of people, and `device` for programs and devices, which get no right by their role: see `devices.ts`. */
export const Role = z.enum([
  'administrator',
  'police-manager',
  'police-officer',
  'fire-safety-officer',
  'warden',
  'data-protection-officer',
  'viewer',
  'device',
]);
export type Role = z.infer<typeof Role>;

/** A role that an account may hold. */
export const PersonRole = Role.exclude(['device']);
export type PersonRole = z.infer<typeof PersonRole>;

/** Who must have a second factor, as `VIGIE_SECOND_FACTOR` says. */
export const SecondFactorRule = z.enum(['nobody', 'administrators', 'everybody']);
export type SecondFactorRule = z.infer<typeof SecondFactorRule>;

/** What a signed-in person may do. One word per right; routes and streams name the one they ask for. */
export const Permission = z.enum([
  'parking.read',
  'parking.handle-cases',
  'parking.subscribe',
  'parking.exempt',
  'devices.read',
  'devices.write',
  'rooms.read',
  'rooms.declare-empty',
  'cameras.view-private',
  'cameras.view-clear',
  'alarm.sound',
  'alarm.end',
  'incidents.note',
  'incidents.sign',
  'drills.plan',
  'messages.read',
  'town.write',
  'accounts.write',
  'audit.read',
]);
export type Permission = z.infer<typeof Permission>;

/** The one table of rights: role → permissions. */
export const permissionsOf: Readonly<Record<Role, readonly Permission[]>> = {
  administrator: Permission.options,
  'police-manager': [
    'parking.read',
    'parking.handle-cases',
    'parking.exempt',
    'devices.read',
    'messages.read',
  ],
  'police-officer': ['parking.read', 'parking.handle-cases'],
  'fire-safety-officer': [
    'rooms.read',
    'rooms.declare-empty',
    'cameras.view-private',
    'cameras.view-clear',
    'alarm.sound',
    'alarm.end',
    'incidents.note',
    'incidents.sign',
    'drills.plan',
    'devices.read',
  ],
  warden: ['rooms.read', 'rooms.declare-empty', 'alarm.sound', 'incidents.note'],
  'data-protection-officer': ['audit.read', 'messages.read'],
  viewer: ['parking.read', 'rooms.read'],
  device: [],
};

/** Zones and buildings that a role is limited to. null: all of them. */
export const Scope = z.object({
  zoneIds: z.array(Id).max(500).nullable(),
  buildingIds: z.array(Id).max(500).nullable(),
});
export type Scope = z.infer<typeof Scope>;

/** The whole town. */
export const everywhere: Scope = { zoneIds: null, buildingIds: null };

/** A zone or a building: where a thing is. */
export type Place = { zoneId: string } | { buildingId: string };

/** By what each right is limited. `town`: a right over the whole town, which nobody holds for a part of it. */
export const reachOf: Readonly<Record<Permission, 'zone' | 'building' | 'town'>> = {
  'parking.read': 'zone',
  'parking.handle-cases': 'zone',
  'parking.subscribe': 'zone',
  'parking.exempt': 'zone',
  'devices.read': 'zone',
  'devices.write': 'zone',
  'rooms.read': 'building',
  'rooms.declare-empty': 'building',
  'cameras.view-private': 'building',
  'cameras.view-clear': 'building',
  'alarm.sound': 'building',
  'alarm.end': 'building',
  'incidents.note': 'building',
  'incidents.sign': 'building',
  'drills.plan': 'building',
  'messages.read': 'zone',
  'town.write': 'town',
  'accounts.write': 'town',
  'audit.read': 'town',
};

/** `true` when a right does not hold everywhere within the scope. */
export function isLimited({ zoneIds, buildingIds }: Scope, permission: Permission): boolean {
  const reach = reachOf[permission];
  if (reach === 'zone') return zoneIds !== null;
  if (reach === 'building') return buildingIds !== null;
  return zoneIds !== null || buildingIds !== null;
}

/** `true` when the place lies within the scope. */
export function isWithin({ zoneIds, buildingIds }: Scope, place: Place): boolean {
  if ('zoneId' in place) return zoneIds === null || zoneIds.includes(place.zoneId);
  return buildingIds === null || buildingIds.includes(place.buildingId);
}

/** `true` when a role may be limited: it holds no right over the whole town. */
export const canBeLimited = (role: Role): boolean =>
  permissionsOf[role].every((permission) => reachOf[permission] !== 'town');

/** What a program of the town may do that comes with the key of an integrator. */
export const integratorPermissions: readonly Permission[] = ['parking.read', 'parking.subscribe'];

/** `true` when the role holds the permission. */
export const hasPermission = (role: Role, permission: Permission): boolean =>
  permissionsOf[role].includes(permission);

/** What a person must do before anything else: set a password of his own, set up a second factor. */
export const Duty = z.enum(['password', 'second-factor']);
export type Duty = z.infer<typeof Duty>;

/** `GET /api/v1/me`: who is signed in and where. */
export const Me = z.object({
  username: z.string(),
  name: z.string(),
  role: PersonRole,
  permissions: z.array(Permission),
  scope: Scope,
  duties: z.array(Duty),
  hasSecondFactor: z.boolean(),
  hasPasskey: z.boolean(),
  mustKeepSecondFactor: z.boolean(),
  isFromDirectory: z.boolean().describe('true: the directory keeps the password'),
  isFromProvider: z.boolean().describe('true: an OpenID provider proves who this is'),
  town: z.string(),
  timeZone: z.string().describe('IANA name; all times are shown in it'),
  isDemo: z.boolean(),
  passwordMinLength: z.int().positive().describe('Characters'),
});
export type Me = z.infer<typeof Me>;

/** Body of `POST /api/v1/auth/sign-in/username`. */
export const Credentials = z.object({ username: z.string().min(1), password: z.string().min(1) });
export type Credentials = z.infer<typeof Credentials>;

/** A name to sign in with: letters and digits first, then also `.`, `_`, `@`, `-`; upper and lower case are the same. */
export const Username = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,63}$/u, 'letters, digits, and . _ @ - after the first');

/** Body of `PUT /api/v1/accounts/{id}`. */
export const AccountChange = z.object({
  name: z.string().trim().min(1).max(80),
  role: PersonRole,
  scope: Scope,
  isDisabled: z.boolean().describe('Signs in no more, and is signed out at once'),
});
export type AccountChange = z.infer<typeof AccountChange>;

/** Body of `POST /api/v1/accounts`. */
export const NewAccount = AccountChange.omit({ isDisabled: true }).extend({ username: Username });
export type NewAccount = z.infer<typeof NewAccount>;

/** One line of `GET /api/v1/accounts`, by name. */
export const Account = AccountChange.extend({
  id: z.string(),
  username: z.string(),
  hasSecondFactor: z.boolean(),
  hasPasskey: z.boolean(),
  mustChangePassword: z.boolean(),
  directory: z
    .object({ checkedAt: Instant, refusal: DirectoryRefusal.nullable() })
    .nullable()
    .describe('What the directory last said; null: a local account'),
  provider: z
    .object({
      email: z.string().describe('The invitation is for who has this verified address'),
      isLinked: z.boolean().describe('Somebody has taken the invitation'),
      invitedUntil: Instant.describe('Until when it can be taken'),
    })
    .nullable()
    .describe('How the person is known to the OpenID provider; null: does not come by it'),
  createdAt: Instant,
});
export type Account = z.infer<typeof Account>;

/** Answer to `POST /api/v1/accounts`: the password is shown this once, and changed at first sign-in. */
export const AccountWithPassword = Account.extend({ password: z.string() });
export type AccountWithPassword = z.infer<typeof AccountWithPassword>;

/** Body of `POST /api/v1/accounts/{id}/reset`: a way back in. */
export const AccountResetWish = z.object({
  lostSecondFactor: z
    .boolean()
    .default(false)
    .describe('Second factor and passkeys go, too: whoever has the password is in without them'),
});
export type AccountResetWish = z.infer<typeof AccountResetWish>;

/** Answer to `POST /api/v1/accounts/{id}/reset`. */
export const AccountReset = Account.extend({
  password: z
    .string()
    .nullable()
    .describe(
      'Shown this once, and changed at first sign-in; null: the directory keeps it, or there is none',
    ),
});
export type AccountReset = z.infer<typeof AccountReset>;
