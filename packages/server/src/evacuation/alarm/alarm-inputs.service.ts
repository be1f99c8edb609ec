import type { AlarmInput, AlarmInputTrial, AlarmInputView } from '@vigie/contracts/alarm-inputs';
import type { Clock } from '../../platform/clock.ts';
import { messageOf, NotFound } from '../../platform/errors.ts';
import type { Log } from '../../platform/log.ts';
import { createRepeated, type Repeated } from '../../platform/repeat.ts';
import { type Contact, isAlarming, shownContact, UNREAD, withReading } from './alarm-input.ts';
import type { AlarmInputStore } from './alarm-inputs.store.ts';

/** Wait between two looks at a module; milliseconds. */
const pollMs = 100;
/** Wait after a look that failed; milliseconds. */
const retryMs = 500;

export type ModuleAddress = Pick<AlarmInput, 'host' | 'port' | 'unit'>;

/** An I/O module. Rejects when it does not answer; connects again by itself. */
export interface Module {
  isClosed(input: AlarmInput): Promise<boolean>;
  close(): void;
}

interface InputsDeps {
  store: AlarmInputStore;
  openModule: (address: ModuleAddress) => Module;
  /** @throws NotFound for an unknown building. */
  requireBuilding: (buildingId: string) => void;
  sound: (input: AlarmInput) => Promise<unknown>;
  noteRest: (input: AlarmInput) => Promise<unknown>;
  clock: Clock;
  log: Log;
}

/** One module under watch with its inputs. */
interface WatchedModule {
  key: string;
  module: Module;
  round: Repeated;
}

export type AlarmInputs = ReturnType<typeof createAlarmInputs>;

/** Reads the contacts of fire panels again and again. What cannot be read is a fault and never "no alarm". */
export function createAlarmInputs(deps: InputsDeps) {
  const { store, openModule, clock, log } = deps;
  let inputs: AlarmInput[] = [];
  let watched: WatchedModule[] = [];
  let isStarted = false;
  /** by id of the input */
  const contacts = new Map<string, Contact>();
  const problems = new Map<string, string>();

  const now = () => clock.now().getTime();

  /** A contact whose alarm could not be taken stays as it was, so that the next reading tries again. */
  async function take(input: AlarmInput, isClosed: boolean): Promise<void> {
    const before = contacts.get(input.id) ?? UNREAD;
    const { contact, turned } = withReading(before, isAlarming(input, isClosed), now());
    contacts.set(input.id, { ...before, readAt: contact.readAt });
    if (turned === 'active') await deps.sound(input);
    if (turned === 'rest') await deps.noteRest(input);
    contacts.set(input.id, contact);
  }

  async function readOne(module: Module, input: AlarmInput): Promise<boolean> {
    try {
      await take(input, await module.isClosed(input));
      if (problems.delete(input.id)) log.info({ input: input.id }, 'an alarm input is read again');
      return true;
    } catch (error) {
      const problem = messageOf(error);
      if (!problems.has(input.id))
        log.error({ input: input.id, problem }, 'an alarm input cannot be read: it is a fault');
      problems.set(input.id, problem);
      return false;
    }
  }

  function watch(key: string, its: readonly AlarmInput[]): WatchedModule {
    const module = openModule(its[0] as AlarmInput);
    const look = async () => {
      let isWell = true;
      for (const input of its) isWell = (await readOne(module, input)) && isWell;
      return isWell ? pollMs : retryMs;
    };
    const failed = (error: unknown) =>
      log.error({ error: messageOf(error) }, 'looking at a module failed; it is tried again');
    return { key, module, round: createRepeated(look, { firstMs: 0, retryMs, failed }) };
  }

  async function stop(): Promise<void> {
    const all = watched;
    watched = [];
    for (const { module } of all) module.close();
    await Promise.all(all.map(({ round }) => round.stop()));
    for (const { module } of all) module.close();
  }

  async function load(): Promise<void> {
    const fresh = await store.list();
    await stop();
    for (const { id } of inputs.filter((input) => isChanged(input, fresh))) {
      contacts.delete(id);
      problems.delete(id);
    }
    inputs = fresh;
    watched = [...Map.groupBy(inputs, keyOf)].map(([key, its]) => watch(key, its));
    if (isStarted) for (const { round } of watched) round.start();
  }

  const viewOf = (input: AlarmInput): AlarmInputView => {
    const contact = contacts.get(input.id) ?? UNREAD;
    const { readAt } = contact;
    return {
      ...input,
      state: shownContact(contact, now()),
      readAt: readAt === undefined ? null : new Date(readAt).toISOString(),
      problem: problems.get(input.id) ?? null,
    };
  };

  return {
    /** Reads the settings anew; inputs that did not change are known as before. */
    load,
    start: async (): Promise<void> => {
      isStarted = true;
      await load();
    },
    stop: async (): Promise<void> => {
      isStarted = false;
      await stop();
    },
    list: (): AlarmInputView[] => inputs.map(viewOf),
    /** Reads a contact once, over the connection that is open to its unit if there is one. */
    tryOnce: async (input: AlarmInput): Promise<AlarmInputTrial> => {
      const open = watched.find(({ key }) => key === keyOf(input))?.module;
      const module = open ?? openModule(input);
      try {
        return { isActive: isAlarming(input, await module.isClosed(input)), problem: null };
      } catch (error) {
        return { isActive: null, problem: messageOf(error) };
      } finally {
        if (!open) module.close();
      }
    },
    /** @throws NotFound for an unknown building. */
    put: async (input: AlarmInput): Promise<AlarmInputView> => {
      deps.requireBuilding(input.buildingId);
      await store.put(input);
      await load();
      return viewOf(input);
    },
    /** @throws NotFound when there is none of this id. */
    remove: async (id: string): Promise<void> => {
      if (!(await store.remove(id)))
        throw new NotFound(
          'evacuation/alarm-input-unknown',
          `There is no alarm input ${id}. GET /api/v1/alarm-inputs lists them.`,
        );
      await load();
    },
  };
}

const isChanged = (input: AlarmInput, fresh: readonly AlarmInput[]): boolean =>
  !fresh.some((one) => one.id === input.id && JSON.stringify(one) === JSON.stringify(input));

/** Inputs of one unit share its connection: small modules take few. */
const keyOf = ({ host, port, unit }: ModuleAddress): string => `${host} ${port} ${unit}`;
