import type { NewSubscription, ParkingSpot, Subscription } from '@vigie/contracts/exports';
import { spotTypes } from './parking-spot.ts';
import { readSpotQuery } from './spot-query.ts';

/** Whether a subscription gives notice at `now`. Source for the words: ETSI GS CIM 009, clause 5.2.12. */
export function subscriptionStatus(
  { isActive, expiresAt }: Pick<NewSubscription, 'isActive' | 'expiresAt'>,
  now: Date,
): Subscription['status'] {
  if (expiresAt !== undefined && new Date(expiresAt) <= now) return 'expired';
  return isActive ? 'active' : 'paused';
}

/** The entities among the given that a subscription wants to hear of. A query that is not understood wants none. */
export function wantedOf(
  { entities, q }: Pick<NewSubscription, 'entities' | 'q'>,
  spots: readonly ParkingSpot[],
): ParkingSpot[] {
  const isAsked = q === undefined ? () => true : (readSpotQuery(q) ?? (() => false));
  const ours = entities.filter(({ type }) => spotTypes.includes(type));
  const ids = new Set(ours.map(({ id }) => id));
  return spots.filter((spot) => (ids.has(undefined) || ids.has(spot.id)) && isAsked(spot));
}
