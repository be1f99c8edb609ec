import type { ParkingSpot } from '@vigie/contracts/exports';

/** How much goes into one notification at most. */
const mostSpots = 100;

/**
 * What goes out next of all that waits, oldest first: as much as there is, but each entity once, so that a receiver sees
 * every change and sees them in order. Never empty unless nothing waits.
 */
export function nextBatch<P extends { spot: Pick<ParkingSpot, 'id'> }>(waiting: readonly P[]): P[] {
  const batch: P[] = [];
  const seen = new Set<string>();
  for (const one of waiting) {
    if (seen.has(one.spot.id) || batch.length === mostSpots) break;
    seen.add(one.spot.id);
    batch.push(one);
  }
  return batch;
}

/** A failed delivery is tried again within an hour; after two, nobody seems to be at it any more. */
const forsakenMs = 2 * 3_600_000;

/**
 * `true` when a job must leave a subscriber to another: what it was made for waits behind something that failed lately,
 * and the job of that is still at it. So a receiver that is down is asked by one job, however much waits behind.
 * `head`: what waits first; ids rise with the changes.
 */
export function isAnothersTurn(
  { timesFailed, lastFailure }: { timesFailed: number; lastFailure: Date | null },
  { head, mine, now }: { head: number; mine: number; now: Date },
): boolean {
  const isFailing =
    timesFailed > 0 && lastFailure !== null && now.getTime() - lastFailure.getTime() < forsakenMs;
  return isFailing && mine > head;
}
