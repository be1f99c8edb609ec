import { type Bollard, cameraModel } from '@vigie/contracts/devices';
import type { InventoryAnswer, InventoryFault } from '@vigie/contracts/inventory';
import type { Database } from '../platform/database.ts';
import { Conflict, InvalidInput, NotFound } from '../platform/errors.ts';
import type { DevicesService } from './devices.service.ts';
import { type InventoryLine, type InventoryPlan, planImport, spacesNamedIn } from './inventory.ts';
import { type Label, labelsOf, type Place } from './label-sheet.ts';

interface InventoryDeps {
  db: Pick<Database, 'transaction'>;
  devices: Pick<DevicesService, 'listBollards' | 'importBollards'>;
  /** Those of the spaces that exist. */
  listPlaces: (spaceIds: readonly string[], tx: Database) => Promise<Place[]>;
  /** Decides and sends the displays of spaces anew. */
  showAgain: (spaceIds: readonly string[]) => Promise<void>;
  /** Address of the pages, without a slash at its end. */
  publicUrl: string;
}

/** The registry of the devices as a file. */
export interface InventoryService {
  list(): Promise<Bollard[]>;
  /**
   * Adds, moves and changes what the lines name, all of it or nothing; removes nothing.
   * @throws InvalidInput naming every wrong line, unless it is a dry run.
   */
  importLines(
    lines: readonly InventoryLine[],
    options: { isDryRun: boolean },
  ): Promise<InventoryAnswer>;
  /**
   * Labels of the bollards in the order named; `undefined`: of all that stand somewhere.
   * @throws NotFound for an unknown bollard; Conflict when one stands nowhere.
   */
  listLabels(ids?: readonly string[]): Promise<Label[]>;
}

export function createInventoryService(deps: InventoryDeps): InventoryService {
  const { db, devices, listPlaces, showAgain, publicUrl } = deps;

  async function carryOut(lines: readonly InventoryLine[], isDryRun: boolean, tx: Database) {
    const bollards = await devices.listBollards(tx);
    const places = await listPlaces(spacesNamedIn(lines), tx);
    const plan = planImport(lines, { bollards, spaceIds: new Set(places.map(({ id }) => id)) });
    if (isDryRun) return { plan, keys: [], touched: [] };
    if (plan.wrong.length > 0) throw refusalOf(plan.wrong);
    const keys = await devices.importBollards(plan.bollards, tx);
    return { plan, keys, touched: spacesTouchedBy(plan, bollards) };
  }

  return {
    list: async () => (await devices.listBollards()).filter(isNoCamera),
    importLines: async (lines, { isDryRun }) => {
      const { plan, keys, touched } = await db.transaction((tx) => carryOut(lines, isDryRun, tx));
      if (touched.length > 0) await showAgain(touched);
      const { changes, unchanged, wrong } = plan;
      return { isDryRun, changes, unchanged, wrong, keys };
    },
    listLabels: (ids) =>
      db.transaction(async (tx) => {
        const all = (await devices.listBollards(tx)).filter(isNoCamera);
        const bollards = ids ? ids.map((id) => standing(id, all)) : all;
        const places = await listPlaces(
          [...new Set(bollards.flatMap(({ spaceIds }) => spaceIds))],
          tx,
        );
        return labelsOf(bollards, { places, publicUrl });
      }),
  };
}

/** Cameras are kept elsewhere, and carry no label. */
const isNoCamera = ({ model }: Bollard): boolean => model !== cameraModel;

function standing(id: string, bollards: readonly Bollard[]): Bollard {
  const bollard = bollards.find((one) => one.id === id);
  if (!bollard) throw new NotFound('devices/bollard-unknown', `There is no bollard ${id}.`);
  if (bollard.spaceId !== null) return bollard;
  throw new Conflict(
    'devices/bollard-nowhere',
    `Bollard ${id} stands at no space. Choose its space, then print its label.`,
  );
}

const refusalOf = (wrong: readonly InventoryFault[]): InvalidInput =>
  new InvalidInput(
    'devices/inventory-wrong',
    ['Nothing was changed.', ...wrong.map(({ line, remedy }) => `Line ${line}: ${remedy}`)].join(
      '\n',
    ),
  );

/** Spaces that a device comes to or leaves. */
function spacesTouchedBy({ bollards }: InventoryPlan, before: readonly Bollard[]): string[] {
  const ids = new Set(bollards.map(({ id }) => id));
  const left = before.filter(({ id }) => ids.has(id)).flatMap(({ spaceIds }) => spaceIds);
  const come = bollards.flatMap(({ spaceId, alsoServes }) => [spaceId, ...alsoServes]);
  return [...new Set([...left, ...come])];
}
