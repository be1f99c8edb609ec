import * as z from 'zod';
import { Instant } from './time.ts';

/** Answer to `POST /api/v1/auth/sign-in/username`. */
export const SignInAnswer = z.object({
  secondFactor: z
    .boolean()
    .describe(
      'true: the password was right, and a code is asked for: POST /api/v1/auth/second-factor',
    ),
});
export type SignInAnswer = z.infer<typeof SignInAnswer>;

/** Body of `POST /api/v1/auth/second-factor`: a code of the app, or one of the backup codes. */
export const SecondFactorCode = z.object({
  kind: z.enum(['totp', 'backup']).default('totp'),
  code: z.string().trim().min(6).max(32),
});
export type SecondFactorCode = z.infer<typeof SecondFactorCode>;

/** Body of requests that want the password once more, since somebody else may sit at the open page. */
export const OwnPassword = z.object({
  password: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .describe('Missing for who came by a provider: then having signed in just now counts'),
});
export type OwnPassword = z.infer<typeof OwnPassword>;

/** Answer to `POST /api/v1/me/second-factor`: it counts only after a code of it was confirmed. Shown this once. */
export const SecondFactorSetup = z.object({
  uri: z.string().describe('otpauth://totp/…; Source: Google Authenticator, Key URI Format'),
  secret: z.string().describe('Base32, to be typed where no picture can be taken'),
  qr: z.string().describe('The address as a picture, data:image/svg+xml'),
  backupCodes: z.array(z.string()).describe('Each opens once, in place of a code'),
});
export type SecondFactorSetup = z.infer<typeof SecondFactorSetup>;

/** Answer of `GET /api/v1/me/second-factor`. */
export const OwnSecondFactor = z.object({
  backupCodesLeft: z.int().min(0).nullable().describe('null: there is no second factor'),
});
export type OwnSecondFactor = z.infer<typeof OwnSecondFactor>;

/** Answer to `POST /api/v1/me/second-factor/backup-codes`: those before them open nothing more. Shown this once. */
export const BackupCodes = SecondFactorSetup.pick({ backupCodes: true });
export type BackupCodes = z.infer<typeof BackupCodes>;

/** Body of `POST /api/v1/me/second-factor/confirmation`. */
export const TotpCode = z.object({
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/, 'six digits'),
});
export type TotpCode = z.infer<typeof TotpCode>;

/** Body of `POST /api/v1/me/password`. */
export const PasswordChange = z.object({
  current: z.string().min(1).max(500),
  next: z.string().min(1).max(500),
});
export type PasswordChange = z.infer<typeof PasswordChange>;

/** One line of `GET /api/v1/me/sessions`, newest first. */
export const OwnSession = z.object({
  id: z.string(),
  createdAt: Instant,
  expiresAt: Instant,
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  isCurrent: z.boolean(),
});
export type OwnSession = z.infer<typeof OwnSession>;
