import * as z from 'zod';

/** Why a person of the directory may not come in. */
export const DirectoryRefusal = z.enum([
  'unknown',
  'ambiguous',
  'wrong-password',
  'not-now',
  'not-here',
  'password-expired',
  'must-change-password',
  'disabled',
  'expired',
  'locked',
  'refused',
  'no-group',
  'name-taken',
  'name-unusable',
]);
export type DirectoryRefusal = z.infer<typeof DirectoryRefusal>;
