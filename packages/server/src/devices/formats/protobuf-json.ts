import { Instant } from '@vigie/contracts/time';
import * as z from 'zod';
import { fromBase64 } from './base64.ts';

/** 64-bit identifier of a device, in any case; becomes lower case. */
export const DeviceEui = z
  .string()
  .regex(/^[0-9a-f]{16}$/i)
  .toLowerCase();

/** A count; JSON of protocol buffers writes 64-bit integers as text and leaves zeros out. */
export const Count = z
  .union([
    z.int().nonnegative(),
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
  ])
  .nullish()
  .transform((count) => count ?? 0);

/** Bytes in base64; left out when there are none. */
export const Base64 = z
  .string()
  .nullish()
  .transform((text, context) => {
    const bytes = fromBase64(text ?? '');
    if (bytes) return bytes;
    context.addIssue('no base64');
    return z.NEVER;
  });

/** An RFC 3339 time, to any fraction of a second; null when it is missing or none. */
export const Moment = z
  .string()
  .nullish()
  .transform((text) => (text && Instant.safeParse(text).success ? new Date(text) : null));

/** Where a message departs from its schema, in one line. */
export const mismatch = (error: z.ZodError): string =>
  error.issues
    .slice(0, 1)
    .map(({ path, message }) => `${path.join('.') || 'the message'}: ${message}`)
    .join();
