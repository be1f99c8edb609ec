import * as z from 'zod';

/**
 * What a town still lacks, most urgent first. `no-worker`: no vision worker runs. `no-model`: none of them has weights.
 * `no-camera`: none at all. `room-blind`: a room that no camera watches. `room-undrawn`: on no plan. `zone-silent`: a black
 * space is told to nobody. `certificate-ending`: the server's own, within thirty days. `camera-idle`: a parking camera without spaces. `administrator-open`: without second factor.
 */
export const GapKind = z.enum([
  'disk-full',
  'certificate-ending',
  'no-worker',
  'no-model',
  'no-room',
  'no-camera',
  'room-blind',
  'no-mail',
  'zone-silent',
  'camera-idle',
  'room-undrawn',
  'administrator-open',
  'no-public-address',
]);
export type GapKind = z.infer<typeof GapKind>;

/** One thing that is missing. `names`: the first of those that lack it; empty where it concerns the whole town. */
export const SetupGap = z.object({
  kind: GapKind,
  count: z.int().positive().describe('How many lack it; 1 where it concerns the whole town'),
  names: z.array(z.string()).max(5),
});
export type SetupGap = z.infer<typeof SetupGap>;
