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

/** A device and the spaces at which it is to stand, and no other. */
export interface Placing {
  id: string;
  spaceIds: readonly string[];
}

/** A posting as it is kept. */
export interface KeptPosting extends Posting {
  id: number;
  bollardId: string;
}

/** What has to be written so that devices stand where they are to. `ended`: ids of postings. */
export interface Moves {
  ended: number[];
  begun: Pick<KeptPosting, 'bollardId' | 'spaceId' | 'fromAt'>[];
}

/**
 * Places devices one after the other; places that one keeps go on. What a new device reported before it was registered
 * counts for a space that had none before. `kept`: all postings, of any time, of these devices and at these spaces.
 */
export function movesFor(
  placings: readonly Placing[],
  kept: readonly KeptPosting[],
  moment: Date,
): Moves {
  const usedDevices = new Set(kept.map(({ bollardId }) => bollardId));
  const usedSpaces = new Set(kept.map(({ spaceId }) => spaceId));
  const standing = Map.groupBy(
    kept.filter(({ untilAt }) => untilAt === null),
    ({ bollardId }) => bollardId,
  );
  const moves: Moves = { ended: [], begun: [] };
  for (const { id, spaceIds } of placings) {
    const held = standing.get(id) ?? [];
    const isHeld = (spaceId: string) => held.some((posting) => posting.spaceId === spaceId);
    const isFirst = (spaceId: string) => !usedDevices.has(id) && !usedSpaces.has(spaceId);
    const begun = spaceIds
      .filter((spaceId) => !isHeld(spaceId))
      .map((spaceId) => ({ bollardId: id, spaceId, fromAt: isFirst(spaceId) ? null : moment }));
    moves.ended.push(...held.flatMap((one) => (spaceIds.includes(one.spaceId) ? [] : [one.id])));
    moves.begun.push(...begun);
    if (begun.length > 0) usedDevices.add(id);
    for (const { spaceId } of begun) usedSpaces.add(spaceId);
  }
  return moves;
}
