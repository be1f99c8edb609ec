import * as z from 'zod';

/**
 * Columns of the inventory file, CSV or YAML. The first five are taken by an import; the others tell how a device was
 * when the file was written, and are passed over.
 */
export const InventoryColumn = z.enum([
  'id',
  'spaces',
  'model',
  'eui',
  'heartbeat_ms',
  'life',
  'last_seen',
  'battery_percent',
  'firmware',
]);
export type InventoryColumn = z.infer<typeof InventoryColumn>;

/** What can be wrong with a line of an inventory file. */
export const InventoryProblem = z.enum([
  'id-wrong',
  'id-twice',
  'spaces-missing',
  'spaces-too-many',
  'space-unknown',
  'model-wrong',
  'eui-wrong',
  'eui-taken',
  'heartbeat-wrong',
  'device-replaced',
]);
export type InventoryProblem = z.infer<typeof InventoryProblem>;

/** A line that cannot be taken. `line` counts from 1, as editors do. */
export const InventoryFault = z.object({
  line: z.int().positive(),
  problem: InventoryProblem,
  value: z.string().describe('What is wrong, as it stands there'),
  remedy: z.string().describe('What to do, in English'),
});
export type InventoryFault = z.infer<typeof InventoryFault>;

/** What a line changes. Values as they stand in a file; empty: none. */
export const InventoryChange = z.object({
  line: z.int().positive(),
  id: z.string(),
  isNew: z.boolean(),
  fields: z.array(z.object({ column: InventoryColumn, from: z.string(), to: z.string() })),
});
export type InventoryChange = z.infer<typeof InventoryChange>;

/**
 * Answer of `PUT /api/v1/bollards`. With `?dry-run=true` nothing is done, and `wrong` names the lines that stand in the way;
 * without, it is empty.
 */
export const InventoryAnswer = z.object({
  isDryRun: z.boolean(),
  changes: z.array(InventoryChange),
  unchanged: z.int().nonnegative(),
  wrong: z.array(InventoryFault),
  keys: z
    .array(z.object({ id: z.string(), key: z.string() }))
    .describe('Drawn for new devices, shown this once'),
});
export type InventoryAnswer = z.infer<typeof InventoryAnswer>;
