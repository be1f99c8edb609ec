/** A span of time during which a device stood at a space. `null`: from the beginning; still. */
export interface Posting {
  spaceId: string;
  fromAt: Date | null;
  untilAt: Date | null;
}

/** Spaces at which a device stood at `moment`, so that a late message counts for the space it came from. */
export const spacesAt = (postings: readonly Posting[], moment: Date): string[] =>
  postings
    .filter(
      ({ fromAt, untilAt }) =>
        (fromAt === null || fromAt <= moment) && (untilAt === null || moment < untilAt),
    )
    .map(({ spaceId }) => spaceId);
