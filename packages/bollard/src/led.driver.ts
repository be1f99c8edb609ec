import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Face } from '@vigie/contracts/parking-stage';
import { type Light, lightAt } from '@vigie/palette';
import type { Driver, Log } from './bollard.service.ts';

/** How often the lamp is set, in ms: short enough for the flash of black. */
const stepMs = 40;

/**
 * A coloured lamp on Linux: `folder` is its place in `/sys/class/leds`, of the multicolour class.
 * Source: Linux, Documentation/leds/leds-class-multicolor.rst.
 * @throws Error when the folder is no such lamp.
 */
export function createLedDriver(folder: string, log: Log): Driver {
  const order = indexOf(folder);
  let face: Face = { kind: 'waiting' };
  let written = '';
  let hasFailed = false;
  writeFileSync(join(folder, 'brightness'), read(folder, 'max_brightness'));

  function step(): void {
    const text = order.map((channel) => lightAt(face, Date.now())[channel]).join(' ');
    if (text === written) return;
    try {
      writeFileSync(join(folder, 'multi_intensity'), text);
      written = text;
      hasFailed = false;
    } catch (error) {
      if (!hasFailed) log.error({ folder, error: String(error) }, 'the lamp cannot be set');
      hasFailed = true;
    }
  }

  const timer = setInterval(step, stepMs);
  return {
    show: (wanted) => {
      face = wanted;
      step();
    },
    stop: () => {
      clearInterval(timer);
      writeFileSync(join(folder, 'multi_intensity'), order.map(() => 0).join(' '));
    },
  };
}

const channels: Readonly<Record<string, keyof Light & (0 | 1 | 2)>> = { red: 0, green: 1, blue: 2 };

/** Which of red, green and blue stands at each place of `multi_intensity`. */
function indexOf(folder: string): (0 | 1 | 2)[] {
  const names = read(folder, 'multi_index').split(/\s+/);
  return names.map((name) => {
    const channel = channels[name];
    if (channel === undefined)
      throw new Error(`The lamp ${folder} has an unknown colour: ${name}.`);
    return channel;
  });
}

function read(folder: string, name: string): string {
  try {
    return readFileSync(join(folder, name), 'utf8').trim();
  } catch (error) {
    throw new Error(
      `${folder} is no multicolour lamp: ${name} cannot be read. Name one of /sys/class/leds.`,
      { cause: error },
    );
  }
}
