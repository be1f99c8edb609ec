import type {
  NewSubscription,
  NotificationFormat,
  ParkingSpot,
  SpotNotification,
} from '@vigie/contracts/exports';
import { keyValuesOf, withAttributes } from './parking-spot.ts';

/** An entity as it was asked for: some attributes, in one of the forms. */
export function writtenSpot(
  spot: ParkingSpot,
  {
    attributes,
    format,
  }: { attributes?: readonly string[] | undefined; format: NotificationFormat },
): Record<string, unknown> {
  const shown = withAttributes(spot, attributes);
  return format === 'normalized' ? shown : keyValuesOf(shown);
}

/** The header that says where the context is. Source: ETSI GS CIM 009, clause 6.3.6. */
export const contextLink = (url: string): string =>
  `<${url}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"`;

/**
 * What goes to a subscriber, with its headers. The id comes from what is in it, so that a repetition is recognised.
 * `contextUrl`: in the body for JSON-LD, in a header for JSON.
 */
export function notificationOf(
  waiting: readonly { id: number; spot: ParkingSpot }[],
  {
    subscriptionId,
    wish: { notification },
    contextUrl,
    now,
  }: { subscriptionId: string; wish: NewSubscription; contextUrl: string; now: Date },
): { headers: Record<string, string>; body: SpotNotification } {
  const { accept } = notification.endpoint;
  const isLinked = accept === 'application/ld+json';
  const range = `${waiting[0]?.id}-${waiting.at(-1)?.id}`;
  return {
    headers: {
      'content-type': accept,
      ...(isLinked ? {} : { link: contextLink(contextUrl) }),
    },
    body: {
      ...(isLinked && { '@context': contextUrl }),
      id: `urn:ngsi-ld:Notification:${range}`,
      type: 'Notification',
      subscriptionId,
      notifiedAt: now.toISOString(),
      data: waiting.map(({ spot }) => writtenSpot(spot, notification)),
    },
  };
}
