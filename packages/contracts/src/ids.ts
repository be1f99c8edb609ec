import * as z from 'zod';

/** Identifier that may stand in an MQTT topic and in a path: letters, digits, `-`, `_`, `.`; 1 to 64 long. */
export const Id = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'letters, digits, - _ . only; 64 characters at most');
export type Id = z.infer<typeof Id>;
