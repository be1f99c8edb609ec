import { isDeepStrictEqual } from 'node:util';
import { type BollardState, Display } from '@vigie/contracts/parking';
import { type Face, type Stage, stageOf } from '@vigie/contracts/parking-stage';
import { paletteFor } from '@vigie/palette';

/** What the program logs to. First the data, then one sentence. */
export interface Log {
  info(data: object, text: string): void;
  warn(data: object, text: string): void;
  error(data: object, text: string): void;
}

/** The lamp or screen. `show` is called when the face changes, and once at the start. */
export interface Driver {
  show(face: Face): void;
  stop(): void | Promise<void>;
}

/** The line to the server. `deliver` resolves when the broker has the event, however long that takes. */
export interface Contact {
  start(onDisplay: (payload: Uint8Array) => void): void;
  /** Rejects only when the contact is stopped or the event can never be sent. */
  deliver(state: BollardState): Promise<void>;
  stop(): Promise<void>;
}

/** What must outlive a power cut. `pending`: events not yet acknowledged, oldest first. */
export interface Kept {
  display: Display | undefined;
  occupied: boolean | undefined;
  seq: number;
  pending: BollardState[];
}

/** Where `Kept` is kept. `read` gives `undefined` when there is nothing, or nothing readable. */
export interface Memory {
  read(): Promise<Kept | undefined>;
  write(kept: Kept): Promise<void>;
}

/** A running bollard. */
export interface Bollard {
  readonly id: string;
  start(): Promise<void>;
  /** What the sensor says now; only a change is an event. */
  sense(occupied: boolean): void;
  /** Events that the broker has not acknowledged. */
  pending(): number;
  stop(): Promise<void>;
}

/** `tickMs`: how often the face is looked at. `heartbeatMs`: how often an unchanged state is repeated. */
export interface ProgramOptions {
  id: string;
  contact: Contact;
  clock: { now(): Date };
  driver: Driver;
  memory: Memory;
  log: Log;
  tickMs: number;
  heartbeatMs: number;
}

/** Two days of a busy sensor; beyond that the oldest event is given up, loudly. */
const mostPending = 5000;

/** The program on board: shows the stage of the stay, tells the server what the sensor sees. */
export function createProgram(options: ProgramOptions): Bollard {
  const { id, contact, clock, driver, memory, log, tickMs, heartbeatMs } = options;
  let kept: Kept = { display: undefined, occupied: undefined, seq: 0, pending: [] };
  let shown: Face | undefined;
  let isSending = false;
  let isStopped = false;
  const timers: NodeJS.Timeout[] = [];

  const stage = (display: Display): Stage =>
    stageOf({ display, palette: paletteFor(display.allowedDays), now: clock.now() });

  function look(): void {
    const face: Face = kept.display ? stage(kept.display).face : { kind: 'waiting' };
    if (isDeepStrictEqual(face, shown)) return;
    shown = face;
    driver.show(face);
  }

  function receive(payload: Uint8Array): void {
    try {
      const display = readDisplay(payload);
      if (display && !stage(display).isPaletteOurs) {
        const ours = paletteFor(display.allowedDays).version;
        log.warn({ id, ours, theirs: display.paletteVersion }, 'the server has another palette');
      }
      kept.display = display;
    } catch (error) {
      log.error({ id, error: String(error) }, 'a display could not be read; the face stays');
      return;
    }
    look();
    void keep();
  }

  function tell(occupied: boolean, kind: 'change' | 'heartbeat'): void {
    kept.pending.push({ v: 1, kind, occupied, at: clock.now().toISOString(), seq: kept.seq++ });
    if (kept.pending.length > mostPending) {
      const lost = kept.pending.splice(isSending ? 1 : 0, 1);
      log.error({ id, lost }, 'too many events are waiting; the oldest is given up');
    }
    void keep();
    void send();
  }

  /** One at a time, so that the order of events survives every outage. */
  async function send(): Promise<void> {
    if (isSending || isStopped) return;
    isSending = true;
    try {
      for (let next = kept.pending[0]; next; next = kept.pending[0]) {
        await contact.deliver(next);
        kept.pending.shift();
        void keep();
      }
    } catch (error) {
      if (!isStopped) log.error({ id, error: String(error) }, 'an event could not be sent yet');
    } finally {
      isSending = false;
    }
  }

  async function keep(): Promise<void> {
    try {
      await memory.write(kept);
    } catch (error) {
      log.error({ id, error: String(error) }, 'the memory on board cannot be written');
    }
  }

  function beat(): void {
    if (kept.occupied !== undefined && kept.pending.length === 0) tell(kept.occupied, 'heartbeat');
    else void send();
  }

  return {
    id,
    start: async () => {
      kept = (await memory.read()) ?? kept;
      look();
      contact.start(receive);
      void send();
      timers.push(setInterval(look, tickMs), setInterval(beat, heartbeatMs));
    },
    sense: (occupied) => {
      if (occupied === kept.occupied) return;
      kept.occupied = occupied;
      tell(occupied, 'change');
    },
    pending: () => kept.pending.length,
    stop: async () => {
      isStopped = true;
      for (const timer of timers) clearInterval(timer);
      try {
        await contact.stop();
        await keep();
      } finally {
        await driver.stop();
      }
    },
  };
}

/** An empty payload means that the server took the display back. @throws when no face can be made of it. */
function readDisplay(payload: Uint8Array): Display | undefined {
  if (payload.length === 0) return undefined;
  const display = Display.parse(JSON.parse(new TextDecoder().decode(payload)));
  // An unknown time zone would strike at the next midnight only: it is refused now.
  new Intl.DateTimeFormat('en', { timeZone: display.timeZone });
  return display;
}
