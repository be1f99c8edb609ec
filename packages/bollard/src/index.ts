import { type Bollard, createProgram, type Driver, type Log } from './bollard.service.ts';
import { createContact } from './contact.mqtt.ts';
import { createFileMemory, createVolatileMemory } from './memory.driver.ts';

export type { Bollard, Driver, Log } from './bollard.service.ts';
export { brokerUrlOf } from './broker-url.ts';
export { createLedDriver } from './led.driver.ts';
export { openPageDriver, type PageDriver } from './page.driver.ts';
export { createFileSensor, type Sensor } from './sensor.driver.ts';
export { createSimulatedDriver, type SimulatedDriver } from './simulated.driver.ts';
export { createStripDriver } from './strip.driver.ts';
export type { Chip } from './strip.ts';

/** `brokerUrl`: `mqtt:`, `mqtts:`, `ws:` or `wss:`. */
export interface BollardOptions {
  id: string;
  key: string;
  brokerUrl: string;
  clock: { now(): Date };
  driver: Driver;
  log: Log;
  /** File that lets display and waiting events outlive a power cut; without it they do not. */
  memoryFile?: string;
  /** How often the face is looked at, in real ms; default 1000. */
  tickMs?: number;
  /** How often an unchanged state is repeated, in real ms; default 15 min. */
  heartbeatMs?: number;
  /** Mean pause between attempts to reach the broker; default 5000. */
  reconnectMs?: number;
}

/**
 * A bollard's whole program; nothing happens before `start()`.
 * @throws RangeError when `brokerUrl` names no MQTT protocol.
 */
export function createBollard(options: BollardOptions): Bollard {
  const { id, key, brokerUrl, clock, driver, log, memoryFile } = options;
  const { tickMs = 1000, heartbeatMs = 900_000, reconnectMs = 5000 } = options;
  const contact = createContact({ id, key, brokerUrl, reconnectMs, log });
  const memory = memoryFile ? createFileMemory(memoryFile, log) : createVolatileMemory();
  return createProgram({ id, contact, clock, driver, memory, log, tickMs, heartbeatMs });
}
