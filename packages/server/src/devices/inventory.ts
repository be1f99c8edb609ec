import { type Bollard, DeviceEui, type NewBollard } from '@vigie/contracts/devices';
import { Id } from '@vigie/contracts/ids';
import {
  type InventoryChange,
  InventoryColumn,
  type InventoryFault,
  InventoryProblem,
} from '@vigie/contracts/inventory';
import { modelOf } from './device-models.ts';

/** A line of an inventory file. A column that is not there leaves things as they are; an empty text says "none". */
export interface InventoryLine {
  /** From 1, as editors count. */
  line: number;
  fields: Partial<Record<InventoryColumn, string>>;
}

/** A device as a line of the file that is given out. Spaces are parted by blanks. */
export type InventoryRow = Record<InventoryColumn, string>;

/** What an import would do. `bollards`: those that are new or change. */
export interface InventoryPlan {
  changes: InventoryChange[];
  unchanged: number;
  wrong: InventoryFault[];
  bollards: NewBollard[];
}

/** What the lines are compared with. */
interface Registry {
  bollards: readonly Bollard[];
  /** Those of the named spaces that exist. */
  spaceIds: ReadonlySet<string>;
}

/** What a line wants, still as text. `heartbeat` empty: as its model promises. */
interface Wish {
  line: number;
  id: string;
  spaceIds: string[];
  model: string;
  eui: string;
  heartbeat: string;
  known: Bollard | undefined;
}

/** Spaces that one device can serve. */
const mostSpaces = 9;

/** @returns rows in the order given; never a key. */
export const inventoryRows = (bollards: readonly Bollard[]): InventoryRow[] =>
  bollards.map((bollard) => ({
    id: bollard.id,
    spaces: bollard.spaceIds.join(' '),
    model: bollard.model,
    eui: bollard.deviceEui ?? '',
    heartbeat_ms: textOf(bollard.heartbeatMs),
    life: bollard.life,
    last_seen: bollard.lastSeenAt ?? '',
    battery_percent: textOf(bollard.batteryPercent),
    firmware: bollard.firmware ?? '',
  }));

/** Every space that the lines name, once. */
export const spacesNamedIn = (lines: readonly InventoryLine[]): string[] => [
  ...new Set(lines.flatMap(({ fields }) => partsOf(fields.spaces))),
];

/** What the lines would change, and which of them are wrong. */
export function planImport(lines: readonly InventoryLine[], registry: Registry): InventoryPlan {
  const byId = new Map(registry.bollards.map((bollard) => [bollard.id, bollard]));
  const wishes = lines.map((line) => wishOf(line, byId));
  const world = { ...registry, ...ownersIn(wishes, registry.bollards) };
  const wrong = wishes.flatMap((wish) => faultsOf(wish, world));
  const changes = wishes.map(changeOf);
  const isChanged = (_: unknown, at: number) => (changes[at]?.fields.length ?? 0) > 0;
  return {
    wrong,
    changes: changes.filter(isChanged),
    unchanged: changes.length - changes.filter(isChanged).length,
    bollards: wrong.length > 0 ? [] : wishes.filter(isChanged).map(bollardOf),
  };
}

function wishOf({ line, fields }: InventoryLine, byId: ReadonlyMap<string, Bollard>): Wish {
  const id = fields.id?.trim() ?? '';
  const known = byId.get(id);
  return {
    line,
    id,
    known,
    spaceIds: fields.spaces === undefined ? (known?.spaceIds ?? []) : partsOf(fields.spaces),
    model: fields.model?.trim() || known?.model || 'vigie',
    eui: (fields.eui ?? known?.deviceEui ?? '').replaceAll(/[\s:-]/g, '').toLowerCase(),
    heartbeat: fields.heartbeat_ms?.trim() ?? ownHeartbeat(known),
  };
}

/** The heartbeat that was set for the device itself. */
const ownHeartbeat = (known: Bollard | undefined): string =>
  known && known.heartbeatMs !== modelOf(known.model).heartbeatMs ? textOf(known.heartbeatMs) : '';

const partsOf = (text = ''): string[] => [
  ...new Set(text.split(/[\s,]+/).filter((part) => part !== '')),
];

const textOf = (value: number | null): string => (value === null ? '' : String(value));

interface World extends Registry {
  /** Line on which an id stands first. */
  firstLine: ReadonlyMap<string, number>;
  /** Device that an EUI belongs to, by EUI. */
  owner: ReadonlyMap<string, string>;
}

function ownersIn(wishes: readonly Wish[], bollards: readonly Bollard[]) {
  const owner = new Map(bollards.map(({ deviceEui, id }) => [deviceEui ?? '', id]));
  const firstLine = new Map<string, number>();
  for (const { id, eui, line } of wishes) {
    if (!owner.has(eui)) owner.set(eui, id);
    if (!firstLine.has(id)) firstLine.set(id, line);
  }
  return { owner, firstLine };
}

/** What is wrong, as it stands there; `undefined`: nothing. */
type Check = (wish: Wish, world: World) => string | undefined;

const unless = (isRight: boolean, value: string) => (isRight ? undefined : value);

const checks: Readonly<Record<InventoryProblem, Check>> = {
  'id-wrong': ({ id }) => unless(Id.safeParse(id).success, id),
  'id-twice': ({ id, line }, { firstLine }) => unless(firstLine.get(id) === line, id),
  'spaces-missing': (wish) => unless(wish.spaceIds.length > 0 || staysInStock(wish), ''),
  'spaces-too-many': ({ spaceIds }) => unless(spaceIds.length <= mostSpaces, spaceIds.join(' ')),
  'space-unknown': ({ spaceIds, known }, world) =>
    spaceIds.find((id) => !world.spaceIds.has(id) && !known?.spaceIds.includes(id)),
  'model-wrong': ({ model }) => unless(model.length <= 80, model),
  'eui-wrong': ({ eui }) => unless(eui === '' || DeviceEui.safeParse(eui).success, eui),
  'eui-taken': ({ id, eui }, { owner }) => unless(eui === '' || owner.get(eui) === id, eui),
  'heartbeat-wrong': ({ heartbeat }) =>
    unless(heartbeat === '' || /^\d{4,12}$/.test(heartbeat), heartbeat),
  'device-replaced': ({ id, known, spaceIds }) =>
    unless(!known || known.replacedBy === null || spaceIds.length === 0, id),
};

/** Such a line, as an export writes it for a device in stock or out of service, changes nothing. */
const staysInStock = (wish: Wish): boolean =>
  wish.known?.spaceIds.length === 0 && changeOf(wish).fields.length === 0;

const remedies: Readonly<Record<InventoryProblem, (value: string) => string>> = {
  'id-wrong': (id) => `"${id}" is no id: write letters, digits, - _ . only, at most 64.`,
  'id-twice': (id) => `${id} stands on an earlier line already: keep one of them.`,
  'spaces-missing': () => 'No space is named: name one, or retire the device.',
  'spaces-too-many': () => `A device serves ${mostSpaces} spaces at most: name fewer.`,
  'space-unknown': (id) => `There is no space ${id}: correct it, or import the space first.`,
  'model-wrong': () => 'The model is too long: 80 characters at most.',
  'eui-wrong': (eui) =>
    `"${eui}" is no EUI: write its 16 hexadecimal digits, in a column that the spreadsheet takes for text.`,
  'eui-taken': (eui) => `EUI ${eui} belongs to another device: correct it, or replace that device.`,
  'heartbeat-wrong': (text) =>
    `"${text}" is no heartbeat: write whole milliseconds, 1000 or more, or nothing for the model’s own.`,
  'device-replaced': (id) => `${id} was replaced: give the device a new id.`,
};

const faultsOf = (wish: Wish, world: World): InventoryFault[] =>
  InventoryProblem.options.flatMap((problem) => {
    const value = checks[problem](wish, world);
    if (value === undefined) return [];
    return [{ line: wish.line, problem, value, remedy: remedies[problem](value) }];
  });

const effectiveHeartbeat = ({ heartbeat, model }: Wish): string =>
  heartbeat || textOf(modelOf(model).heartbeatMs);

function changeOf(wish: Wish): InventoryChange {
  const { line, id, known } = wish;
  const wanted = {
    spaces: wish.spaceIds.join(' '),
    model: wish.model,
    eui: wish.eui,
    heartbeat_ms: effectiveHeartbeat(wish),
  };
  const before = known && inventoryRows([known])[0];
  const fields = InventoryColumn.extract(['spaces', 'model', 'eui', 'heartbeat_ms'])
    .options.map((column) => ({ column, from: before?.[column] ?? '', to: wanted[column] }))
    .filter(({ from, to }) => inOrder(from) !== inOrder(to));
  return { line, id, isNew: !known, fields };
}

/** The order of the spaces says nothing. */
const inOrder = (text: string): string => text.split(' ').sort().join(' ');

function bollardOf({ id, spaceIds, model, eui, heartbeat }: Wish): NewBollard {
  const [spaceId = '', ...alsoServes] = spaceIds;
  const isOwn = heartbeat !== '' && Number(heartbeat) !== modelOf(model).heartbeatMs;
  return {
    id,
    spaceId,
    alsoServes,
    model,
    ...(eui === '' ? {} : { deviceEui: eui }),
    ...(isOwn ? { heartbeatMs: Number(heartbeat) } : {}),
  };
}
