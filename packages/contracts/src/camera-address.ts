import * as z from 'zod';

/** Name and password of a camera; kept within its sealed address, and never shown again. */
export const CameraLogin = z.object({
  username: z.string().min(1).max(200),
  password: z.string().max(200),
});
export type CameraLogin = z.infer<typeof CameraLogin>;

const longestAddress = 2000;

const addressBy = (protocol: RegExp, error: string) =>
  z.url({ protocol, error }).max(longestAddress);

/**
 * Address of a camera in the town's file: rtsp, rtsps, http, https; browser: for a telephone or laptop; file for tests and the
 * demo; sealed: as this town exported it.
 */
export const CameraSource = addressBy(
  /^(rtsp|rtsps|http|https|file|browser|sealed)$/,
  'a camera is opened by rtsp://, rtsps://, http:// or https:// (or browser: for a telephone); change its source',
);
export type CameraSource = z.infer<typeof CameraSource>;

/** Address of a camera that is typed in, or that a worker found and sealed. */
export const TypedSource = addressBy(
  /^(rtsp|rtsps|http|https|sealed)$/,
  'a camera is opened by rtsp://, rtsps://, http:// or https://; change its address',
);
export type TypedSource = z.infer<typeof TypedSource>;
