import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Light } from '@vigie/palette';
import type { Driver, Log } from './bollard.service.ts';
import { createLampDriver } from './lamp.driver.ts';

/**
 * A coloured lamp on Linux: `folder` is its place in `/sys/class/leds`, of the multicolour class.
 * Source: Linux, Documentation/leds/leds-class-multicolor.rst.
 * @throws Error when the folder is no such lamp.
 */
export function createLedDriver(folder: string, log: Log): Driver {
  const order = indexOf(folder);
  writeFileSync(join(folder, 'brightness'), read(folder, 'max_brightness'));
  const set = (duty: Light) =>
    writeFileSync(join(folder, 'multi_intensity'), order.map((channel) => duty[channel]).join(' '));
  return createLampDriver({ place: folder, set, close: () => {} }, log);
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
