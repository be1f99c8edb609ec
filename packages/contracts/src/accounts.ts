import * as z from 'zod';

/** Roles of people. Devices and workers are not people: see `devices.ts`. */
export const Role = z.enum([
  'administrator',
  'police-manager',
  'police-officer',
  'fire-safety-officer',
  'warden',
  'data-protection-officer',
  'viewer',
]);
export type Role = z.infer<typeof Role>;

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
    'devices.read',
  ],
  warden: ['rooms.read', 'rooms.declare-empty', 'alarm.sound', 'incidents.note'],
  'data-protection-officer': ['audit.read', 'messages.read'],
  viewer: ['parking.read', 'rooms.read'],
};

/** What a program of the town may do that comes with the key of an integrator. */
export const integratorPermissions: readonly Permission[] = ['parking.read', 'parking.subscribe'];

/** `true` when the role holds the permission. */
export const hasPermission = (role: Role, permission: Permission): boolean =>
  permissionsOf[role].includes(permission);

/** `GET /api/v1/me`: who is signed in and where. */
export const Me = z.object({
  username: z.string(),
  name: z.string(),
  role: Role,
  permissions: z.array(Permission),
  town: z.string(),
  timeZone: z.string().describe('IANA name; all times are shown in it'),
  isDemo: z.boolean(),
});
export type Me = z.infer<typeof Me>;

/** Body of `POST /api/v1/auth/sign-in/username`. */
export const Credentials = z.object({ username: z.string().min(1), password: z.string().min(1) });
export type Credentials = z.infer<typeof Credentials>;
