import * as z from 'zod';

/**
 * Every error code of the product, with its HTTP status. Codes are stable and never reused;
 * the web translates them. The part before the slash names the feature.
 */
export const errorCodes = {
  'input/invalid': 400,
  'accounts/not-signed-in': 401,
  'accounts/wrong-credentials': 401,
  'accounts/not-allowed': 403,
  'accounts/foreign-origin': 403,
  'accounts/password-refused': 400,
  'accounts/user-exists': 409,
  'accounts/too-many-attempts': 429,
  'parking/space-unknown': 404,
  'parking/zone-unknown': 404,
  'parking/rules-in-past': 400,
  'parking/exemption-unknown': 404,
  'parking/exemption-in-past': 400,
  'parking/case-unknown': 404,
  'parking/case-step-refused': 409,
  'devices/bollard-unknown': 404,
  'devices/bollard-exists': 409,
  'devices/bollard-nowhere': 409,
  'devices/eui-taken': 409,
  'devices/inventory-unreadable': 400,
  'devices/inventory-wrong': 400,
  'devices/event-unreadable': 400,
  'devices/wrong-key': 401,
  'devices/key-too-weak': 400,
  'devices/display-token-wrong': 401,
  'evacuation/building-unknown': 404,
  'evacuation/room-unknown': 404,
  'evacuation/camera-unknown': 404,
  'evacuation/camera-link-wrong': 401,
  'evacuation/camera-no-browser': 409,
  'evacuation/room-has-no-door-count': 409,
  'evacuation/camera-needed': 409,
  'evacuation/incident-unknown': 404,
  'evacuation/incident-ended': 409,
  'evacuation/incident-active': 409,
  'evacuation/cap-unknown': 404,
  'evacuation/reason-missing': 400,
  'evacuation/moment-forgotten': 409,
  'evacuation/moment-unknown': 404,
  'evacuation/signature-wrong': 401,
  'evacuation/alarm-input-unknown': 404,
  'exports/subscription-unknown': 404,
  'exports/subscription-exists': 409,
  'exports/not-acceptable': 406,
  'platform/route-unknown': 404,
  'platform/data-folder-taken': 409,
  'platform/port-taken': 409,
  'platform/request-too-large': 413,
  'platform/too-many-requests': 429,
  'platform/database-failed': 503,
  'platform/unavailable': 503,
  'platform/bug': 500,
} as const;
export type ErrorCode = keyof typeof errorCodes;

/** Problem document of every HTTP error. Source: RFC 9457. `type` is `urn:vigie:error:` + code. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().describe('Names the thing and the remedy, in English'),
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof Problem>;
