import { closeSync, openSync, writeSync } from 'node:fs';
import type { Driver, Log } from './bollard.service.ts';
import { createLampDriver } from './lamp.driver.ts';
import { type Chip, stripBytes } from './strip.ts';

/** `device`: an SPI device, e.g. `/dev/spidev0.0`; the strip's data line is at its MOSI, its clock at its SCLK. */
export interface StripOptions {
  device: string;
  chip: Chip;
  leds: number;
}

/**
 * A strip of LEDs through SPI. Speed and mode of the device are set from outside, e.g. by `spi-config`: Node cannot.
 * @throws Error when the device cannot be opened.
 */
export function createStripDriver({ device, chip, leds }: StripOptions, log: Log): Driver {
  const file = openDevice(device);
  return createLampDriver(
    {
      place: device,
      set: (duty) => writeSync(file, stripBytes(chip, duty, leds)),
      close: () => closeSync(file),
    },
    log,
  );
}

function openDevice(device: string): number {
  try {
    return openSync(device, 'r+');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const remedy = 'Switch SPI on (raspi-config), join the group spi, or name another device.';
    throw new Error(`The LED strip at ${device} cannot be opened: ${reason}. ${remedy}`, { cause });
  }
}
