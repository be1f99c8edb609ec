import * as z from 'zod';
import { Id } from './ids.ts';
import { Instant } from './time.ts';

/** What a warden found in a room. `not-entered`: nobody could look; it says nothing about the room. */
export const SweepResult = z.enum(['clear', 'people', 'not-entered']);
export type SweepResult = z.infer<typeof SweepResult>;

const hasPeople = {
  rule: ({ result, people }: { result: SweepResult; people: number | null }) =>
    (result === 'people') === (people !== null),
  told: { path: ['people'], message: 'a number where people remain, and only there' },
};

/** When the telephone was asked, by its own clock; `sentAt` of the same clock lets the server reckon its error away. */
const byOwnClock = { at: Instant, sentAt: Instant };

/** Body of `POST /api/v1/incidents/{id}/sweeps`. The telephone draws `id` once, so that it may send again and again. */
export const NewSweep = z
  .object({
    id: Id,
    roomId: Id,
    result: SweepResult,
    people: z.int().positive().max(9999).nullable().default(null),
    ...byOwnClock,
  })
  .refine(hasPeople.rule, hasPeople.told);
export type NewSweep = z.infer<typeof NewSweep>;

/** Body of `POST /api/v1/incidents/{id}/overrides`: cameras or wardens are wrong about a room, and somebody answers for it. */
export const NewOverride = z.object({ id: Id, roomId: Id, reason: z.string().min(1).max(500) });
export type NewOverride = z.infer<typeof NewOverride>;

/**
 * Body of `POST /api/v1/incidents/{id}/assembly-counts`. `set`: so many stand here; `add`: so many more, or fewer, than
 * before.
 */
export const NewAssemblyCount = z
  .object({
    id: Id,
    point: z.string().min(1).max(80).describe('Name of the assembly point'),
    how: z.enum(['set', 'add']),
    people: z.int().min(-9999).max(9999),
    ...byOwnClock,
  })
  .refine(({ how, people }) => how === 'add' || people >= 0, {
    path: ['people'],
    message: 'nobody can count fewer than 0 people',
  });
export type NewAssemblyCount = z.infer<typeof NewAssemblyCount>;

/** `by`: user name. `at`: by the clock of whoever said it; `madeAt`: the same moment by the server's, never later than `receivedAt`. */
const found = { id: Id, by: z.string(), at: Instant, madeAt: Instant, receivedAt: Instant };

export const Sweep = z.object({
  what: z.literal('sweep'),
  ...found,
  roomId: Id,
  result: SweepResult,
  people: z.int().positive().nullable().describe('null unless people remain'),
});
export type Sweep = z.infer<typeof Sweep>;

export const Override = z.object({
  what: z.literal('override'),
  ...found,
  roomId: Id,
  reason: z.string(),
  upTo: z.int().nonnegative().describe('So many people of the cameras it explains away'),
});
export type Override = z.infer<typeof Override>;

export const AssemblyCount = z.object({
  what: z.literal('assembly'),
  ...found,
  point: z.string(),
  how: z.enum(['set', 'add']),
  people: z.int(),
});
export type AssemblyCount = z.infer<typeof AssemblyCount>;

/** `GET /api/v1/incidents/{id}/findings`: what people found out during an incident; append-only. */
export const Finding = z.discriminatedUnion('what', [Sweep, Override, AssemblyCount]);
export type Finding = z.infer<typeof Finding>;

/** People whom cameras see; `max` null: a camera does not see, so nobody knows how many more. */
export const SeenPeople = z.object({
  min: z.int().nonnegative(),
  max: z.int().nonnegative().nullable(),
});
export type SeenPeople = z.infer<typeof SeenPeople>;

/**
 * People at one assembly point: by hand, with whom and when last counted, and by the cameras that watch it. Those of the
 * registry are all there, counted or not.
 */
export const AssembledPeople = z.object({
  point: z.string(),
  people: z.int().nonnegative().nullable().describe('null: nobody counted there yet'),
  by: z.string().nullable(),
  at: Instant.nullable(),
  seen: SeenPeople.nullable().describe('null: no camera watches it'),
});
export type AssembledPeople = z.infer<typeof AssembledPeople>;

/**
 * Whether those inside and those assembled are those of T0. `missing`: at least `people` fewer; `more`: at least `people`
 * more than at T0; `open`: up to `people` may be missing, or nobody; `adds-up`; `not-counted`: nobody counted outside;
 * `unknown-start`: the number at T0 is not known. `assembled`: by hand. `seen`: by cameras where nobody counted by hand; they
 * may be passers-by, so nothing ever adds up by them.
 */
export const AssemblyTally = z.object({
  kind: z.enum(['missing', 'more', 'open', 'adds-up', 'not-counted', 'unknown-start']),
  people: z.int().nonnegative(),
  assembled: z.int().nonnegative(),
  seen: SeenPeople.nullable(),
});
export type AssemblyTally = z.infer<typeof AssemblyTally>;

/** A link by which somebody without an account, such as the fire service, reads one board. */
export const BoardLink = z.object({
  id: Id,
  drawnBy: z.string(),
  drawnAt: Instant,
  until: Instant,
  revokedAt: Instant.nullable(),
});
export type BoardLink = z.infer<typeof BoardLink>;

/** Answer to `POST /api/v1/incidents/{id}/board-links`; its token is shown this once. */
export const NewBoardLink = BoardLink.extend({
  token: z.string(),
  path: z.string().describe('Page to open'),
});
export type NewBoardLink = z.infer<typeof NewBoardLink>;
