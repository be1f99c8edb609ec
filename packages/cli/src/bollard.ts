import { Id } from '@vigie/contracts/ids';
import { type Command as AnyCommand, Command, InvalidArgumentError, Option } from 'commander';
import type { BollardFlags, Surroundings } from './bollard-run.ts';
import { untilSignal } from './signals.ts';

const keyVariable = 'VIGIE_BOLLARD_KEY';

/** `vigie bollard`: the program of one bollard. */
export const bollardCommand = (): Command =>
  new Command('bollard')
    .description('A bollard: tells what its sensor sees and shows the colour of the day')
    .requiredOption('--id <id>', 'name of the bollard, as the server knows it', idOf)
    .requiredOption('--broker <url>', 'MQTT broker, for example mqtt://localhost:1883')
    .addOption(new Option('--key <key>', 'its key, better given by environment').env(keyVariable))
    .addOption(
      new Option('--driver <driver>', 'what it shows its colour on')
        .choices(['screen', 'gpio', 'simulated'])
        .makeOptionMandatory(),
    )
    .option('--data <folder>', 'keeps colour and waiting events there through a power cut')
    .option('--sensor <file>', 'a file or GPIO line that holds 1 (occupied) or 0 (free)')
    .option(
      '--port <port>',
      'screen: the page is at http://127.0.0.1:PORT',
      numberIn(0, 65_535),
      8090,
    )
    .option('--device <path>', 'gpio: SPI device, or a lamp in /sys/class/leds', '/dev/spidev0.0')
    .addOption(
      new Option('--chip <chip>', 'gpio: LEDs of the strip')
        .choices(['apa102', 'ws2812'])
        .default('apa102'),
    )
    .option('--leds <number>', 'gpio: how many of them', numberIn(1, 400), 16)
    .addHelpText('after', help)
    .action(act);

const help = `
simulated prints each change of its face as one JSON line and takes "occupied" and "free" as lines of its input.
gpio with a strip: SPI must run at 2.4 MHz (ws2812) or at most 10 MHz (apa102), for example by
  spi-config -d /dev/spidev0.0 -s 2400000 -w &`;

/** Wrong usage ends with 2, as a wrong option does. */
async function act(flags: Partial<BollardFlags>, command: AnyCommand): Promise<void> {
  const wrong = (text: string) => command.error(`error: ${text}`, { exitCode: 2 });
  const { key } = flags;
  if (!key) return wrong(`the key is missing: set ${keyVariable}, or give --key`);
  const asked = untilSignal();
  const { startBollard } = await import('./bollard-run.ts');
  try {
    const running = await startBollard({ ...(flags as BollardFlags), key }, ourSurroundings());
    await asked;
    await running.stop();
  } catch (error) {
    if (error instanceof RangeError) return wrong(error.message);
    throw error;
  }
}

/** stdout belongs to the faces; what is logged goes to stderr. */
const ourSurroundings = (): Surroundings => ({
  clock: { now: () => new Date() },
  input: process.stdin,
  print: (line) => console.log(line),
  log: {
    info: (data, text) => console.error(`${text} ${JSON.stringify(data)}`),
    warn: (data, text) => console.error(`warning: ${text} ${JSON.stringify(data)}`),
    error: (data, text) => console.error(`error: ${text} ${JSON.stringify(data)}`),
  },
});

function idOf(text: string): string {
  const id = Id.safeParse(text);
  if (!id.success) throw new InvalidArgumentError(`Write ${id.error.issues[0]?.message}.`);
  return id.data;
}

/** Reads whole numbers of a range. */
const numberIn = (least: number, most: number) => (text: string) => {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
};
