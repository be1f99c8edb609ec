import type { SpotStatus } from '@vigie/contracts/exports';
import type { SpaceRecord } from '../parking/index.ts';
import { statusOf } from './parking-spot.ts';

/** A space whose status is not the one that was told last; `before` null: it is new. */
export interface StatusChange {
  spaceId: string;
  before: SpotStatus | null;
  status: SpotStatus;
}

/** What has to be told: compared with what was told, so that nothing is told twice, whoever asks and how often. */
export function changesSince(
  told: ReadonlyMap<string, SpotStatus>,
  records: readonly SpaceRecord[],
): StatusChange[] {
  return records.flatMap((record) => {
    const before = told.get(record.space.id) ?? null;
    const status = statusOf(record);
    return before === status ? [] : [{ spaceId: record.space.id, before, status }];
  });
}
