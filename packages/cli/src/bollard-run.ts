import { access, constants, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Readable } from 'node:stream';
import {
  type Bollard,
  brokerUrlOf,
  type Chip,
  createBollard,
  createFileSensor,
  createLedDriver,
  createStripDriver,
  type Driver,
  type Log,
  openPageDriver,
  type Sensor,
} from '@vigie/bollard';
import type { Face } from '@vigie/contracts/parking-stage';

/** What the command line says. `port`: of the screen's page; `device`, `chip`, `leds`: of the lamp. */
export interface BollardFlags {
  id: string;
  key: string;
  broker: string;
  driver: 'screen' | 'gpio' | 'simulated';
  data?: string;
  sensor?: string;
  port: number;
  device: string;
  chip: Chip;
  leds: number;
}

/** What a bollard stands in: the time, the lines that are typed, the lines that it prints. */
export interface Surroundings {
  clock: { now(): Date };
  input: Readable;
  print(line: string): void;
  log: Log;
}

const sensorPollMs = 200;

/**
 * Starts driver, program and sensor, in this order.
 * @throws RangeError when the broker's address or the number of LEDs is none; Error when port, device, sensor or folder
 * cannot be used. Nothing is left running then.
 */
export async function startBollard(
  flags: BollardFlags,
  surroundings: Surroundings,
): Promise<{ stop(): Promise<void> }> {
  const { id, key, data } = flags;
  const { clock, log } = surroundings;
  const brokerUrl = brokerUrlOf(flags.broker);
  const memory = data === undefined ? {} : { memoryFile: await fileIn(data, id) };
  const driver = await openDriver(flags, surroundings);
  const bollard = createBollard({ id, key, brokerUrl, ...memory, clock, driver, log });
  const sensor = sensorOf(bollard, flags, surroundings);
  await bollard.start();
  const stop = async () => {
    sensor.stop();
    await bollard.stop();
  };
  try {
    sensor.start();
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
}

/** The folder is made where it is missing; each bollard has a file of its own in it. */
async function fileIn(folder: string, id: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Nothing can be kept in ${folder}: ${reason}. Name another with --data.`, {
      cause,
    });
  }
  return join(folder, `${id}.json`);
}

async function openDriver(flags: BollardFlags, surroundings: Surroundings): Promise<Driver> {
  const { clock, print, log } = surroundings;
  const { id, driver, port, device } = flags;
  if (driver === 'screen') {
    const page = await openPageDriver(port);
    print(`Screen of ${id}: ${page.url}`);
    return page;
  }
  if (driver === 'simulated') {
    const line = (face: Face) => JSON.stringify({ at: clock.now().toISOString(), ...face });
    return { show: (face) => print(line(face)), stop: () => {} };
  }
  return device.startsWith('/sys/class/leds/')
    ? createLedDriver(device, log)
    : createStripDriver(flags, log);
}

/** A file where one is named; else the typed lines of a simulated bollard; else nothing is sensed. */
function sensorOf(
  { sense }: Bollard,
  { sensor, driver }: BollardFlags,
  { input, log }: Surroundings,
): Sensor {
  if (sensor !== undefined)
    return createFileSensor({ file: sensor, pollMs: sensorPollMs, onSense: sense, log });
  if (driver === 'simulated') return typedSensor(input, sense, log);
  return { start: () => log.warn({}, 'no sensor: name one with --sensor'), stop: () => {} };
}

function typedSensor(input: Readable, sense: Bollard['sense'], log: Log): Sensor {
  let lines: Interface | undefined;
  const take = (line: string) => {
    const word = line.trim();
    if (word === 'occupied' || word === 'free') sense(word === 'occupied');
    else if (word !== '') log.warn({ line: word }, 'not understood: type "occupied" or "free"');
  };
  return {
    start: () => {
      lines = createInterface({ input }).on('line', take);
    },
    stop: () => lines?.close(),
  };
}
