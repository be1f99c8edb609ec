import { dutyAt, type Light } from '@vigie/palette';
import type { Driver, Log } from './bollard.service.ts';

/** How often the lamp is looked at, in ms: short enough for the flash of black. */
const stepMs = 40;
/** What stands still is set again after this many ms: a disturbance on the wire must not stay. */
const repeatMs = 1000;

/** The wires of a lamp. `set` takes the duty of red, green and blue, 0..255 each; both may throw. */
export interface Wires {
  /** For the log: which lamp. */
  place: string;
  set(duty: Light): void;
  close(): void;
}

/** Any coloured lamp as a driver: it moves where the face does, and is dark after the end. */
export function createLampDriver({ place, set, close }: Wires, log: Log): Driver {
  let face: Parameters<Driver['show']>[0] = { kind: 'waiting' };
  let given = '';
  let givenAt = 0;
  let hasFailed = false;

  function give(duty: Light): void {
    try {
      set(duty);
      given = String(duty);
      givenAt = performance.now();
      hasFailed = false;
    } catch (error) {
      if (!hasFailed) log.error({ place, error: String(error) }, 'the lamp cannot be set');
      hasFailed = true;
    }
  }

  function step(): void {
    const duty = dutyAt(face, Date.now());
    if (String(duty) !== given || performance.now() - givenAt >= repeatMs) give(duty);
  }

  const timer = setInterval(step, stepMs);
  return {
    show: (wanted) => {
      face = wanted;
      step();
    },
    stop: () => {
      clearInterval(timer);
      give([0, 0, 0]);
      close();
    },
  };
}
