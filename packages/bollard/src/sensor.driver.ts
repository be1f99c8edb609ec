import { readFileSync } from 'node:fs';
import type { Log } from './bollard.service.ts';

/** `file` holds `1` while the space is occupied and `0` while it is free, e.g. the `value` of a GPIO line. */
export interface SensorOptions {
  file: string;
  pollMs: number;
  onSense: (occupied: boolean) => void;
  log: Log;
}

/** A sensor that is looked at now and then. `start` throws an Error when the file cannot be read. */
export interface Sensor {
  start(): void;
  stop(): void;
}

/** What cannot be understood is no state: the last one stands, and the log says so once. */
export function createFileSensor({ file, pollMs, onSense, log }: SensorOptions): Sensor {
  let timer: NodeJS.Timeout | undefined;
  let hasFailed = false;

  function look(): void {
    try {
      onSense(isOccupied(readFileSync(file, 'utf8').trim()));
      hasFailed = false;
    } catch (error) {
      if (!hasFailed) log.error({ file, error: String(error) }, 'the sensor cannot be read');
      hasFailed = true;
    }
  }

  return {
    start: () => {
      mustBeReadable(file);
      look();
      timer = setInterval(look, pollMs);
    },
    stop: () => clearInterval(timer),
  };
}

function isOccupied(text: string): boolean {
  if (text !== '0' && text !== '1') throw new Error(`it says "${text}" instead of 0 or 1`);
  return text === '1';
}

function mustBeReadable(file: string): void {
  try {
    readFileSync(file);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const remedy = 'Name a file that holds 1 (occupied) or 0 (free).';
    throw new Error(`The sensor ${file} cannot be read: ${reason}. ${remedy}`, { cause });
  }
}
