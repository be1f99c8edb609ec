import type { AuditAct } from '@vigie/contracts/audit';
import type {
  InstalledModel,
  ModelFacts,
  ModelReceipt,
  ModelsView,
  ModelWorker,
} from '@vigie/contracts/models';
import type { WorkerStatus } from '@vigie/contracts/vision';
import type { Actor, AuditLog } from '../platform/audit.ts';
import type { Clock } from '../platform/clock.ts';
import {
  Conflict,
  InvalidInput,
  NotFound,
  Unavailable,
  type VigieError,
} from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import type { Arrival, ModelShelf, Refused } from './shelf.ts';

/** Workers say every few seconds that they are there; after this they are not believed any longer. */
const freshMs = 60_000;

interface ModelsDeps {
  /** `undefined`: this server has no model folders. */
  shelf: ModelShelf | undefined;
  audit: Pick<AuditLog, 'write'>;
  clock: Clock;
  log: Log;
}

export type ModelsService = ReturnType<typeof createModelsService>;

/** Weights that administrators bring: looked at, trusted by a person where nobody knows them, tried out, installed. */
export function createModelsService({ shelf, audit, clock, log }: ModelsDeps) {
  /** by worker id */
  const heard = new Map<string, { status: WorkerStatus; at: number }>();
  /** who brought what waits, by its id */
  const brought = new Map<string, { by: string; at: string }>();

  /** @throws Conflict */
  function getShelf(): ModelShelf {
    if (shelf) return shelf;
    throw new Conflict(
      'models/no-folders',
      'This server has no model folders. Put the file into a model folder of each vision worker.',
    );
  }

  /** Nothing is done that was not written down before. */
  const note = (
    act: Extract<AuditAct, `model-${string}`>,
    actor: Actor,
    { name, sha256 }: Pick<ModelFacts, 'name' | 'sha256'>,
  ): Promise<void> => audit.write({ actor, act, subject: `models:${name}`, details: { sha256 } });

  async function install(
    id: string,
    facts: ModelFacts,
    { act, actor }: { act: 'model-installed' | 'model-trusted'; actor: Actor },
  ): Promise<InstalledModel> {
    await note(act, actor, facts);
    const result = await getShelf().install(id);
    if (!result) throw uploadUnknown();
    if (result.is === 'installed') return result.model;
    await note('model-failed', actor, facts);
    log.warn(
      { model: facts.name, sha256: facts.sha256, why: result.text },
      'a model was not installed',
    );
    throw errorOf(result);
  }

  function listWorkers(): ModelWorker[] {
    const since = clock.now().getTime() - freshMs;
    return [...heard]
      .filter(([, { status, at }]) => status.online && at >= since)
      .map(([id, { status }]) => ({ id, capacityFps: status.capacityFps, models: status.models }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  return {
    start: async (): Promise<void> => shelf?.clear(),
    hear: (workerId: string, status: WorkerStatus): void => {
      heard.set(workerId, { status, at: clock.now().getTime() });
    },
    /** The workers that are there, by name. */
    listWorkers,
    look: async (): Promise<ModelsView> => {
      const found = await shelf?.list();
      // A known file is tried out as well before it is there, but waits for nobody.
      const waiting = (found?.waiting ?? []).flatMap(({ id, facts }) => {
        const who = brought.get(id);
        return who ? [{ ...facts, id, ...who }] : [];
      });
      return {
        installed: found?.installed ?? null,
        unusable: found?.unusable ?? [],
        waiting,
        workers: listWorkers(),
      };
    },
    /** A known file is installed at once, any other waits for a person's trust. @throws VigieError */
    receive: async (arrival: Arrival, actor: Actor): Promise<ModelReceipt> => {
      const received = await getShelf().receive(arrival);
      if (received.is === 'refused') throw errorOf(received);
      const { id, facts } = received;
      if (facts.standing === 'known' || facts.standing === 'renamed')
        return {
          is: 'installed',
          model: await install(id, facts, { act: 'model-installed', actor }),
        };
      const who = { by: actor.name ?? actor.id, at: clock.now().toISOString() };
      brought.set(id, who);
      return { is: 'waiting', model: { ...facts, id, ...who } };
    },
    /** A person trusts what waits. `sha256`: of the file that the person means. @throws VigieError */
    trust: async (id: string, sha256: string, actor: Actor): Promise<InstalledModel> => {
      const { waiting } = await getShelf().list();
      const found = waiting.find((one) => one.id === id);
      if (!found) throw uploadUnknown();
      if (found.facts.sha256 !== sha256)
        throw new Conflict(
          'models/hash-differs',
          `The file that waits has the hash ${found.facts.sha256}, not ${sha256}. Compare it with the one its maker names.`,
        );
      return install(id, found.facts, { act: 'model-trusted', actor });
    },
    /** @throws NotFound */
    discard: async (id: string): Promise<void> => {
      brought.delete(id);
      if (!(await getShelf().discard(id))) throw uploadUnknown();
    },
    /** @throws NotFound */
    remove: async (name: string, actor: Actor): Promise<void> => {
      const own = getShelf();
      const found = (await own.list()).installed.find((one) => one.name === name && one.isOwn);
      if (found) {
        await note('model-removed', actor, found);
        if (await own.remove(name)) return;
      }
      throw new NotFound(
        'models/model-unknown',
        `The folder of this server holds no model ${name}. What lies in other folders is removed by hand.`,
      );
    },
  };
}

const uploadUnknown = (): NotFound =>
  new NotFound('models/upload-unknown', 'This file does not wait any longer. Send it again.');

function errorOf({ why, text }: Refused): VigieError {
  if (why === 'busy' || why === 'name-taken') return new Conflict(`models/${why}`, text);
  if (why === 'disk-full') return new Unavailable('models/disk-full', text);
  return new InvalidInput(`models/${why}`, text);
}
