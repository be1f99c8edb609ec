import { access, constants, mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { Command } from 'commander';

/** One line of the doctor's report. */
interface Finding {
  what: string;
  isGood: boolean;
  /** What was found; where it is bad, the remedy. */
  text: string;
}

/** `vigie doctor`: is this machine ready, and what is missing? Exit code 1 when something is bad. */
export const doctorCommand = (): Command =>
  new Command('doctor')
    .description('Checks what Vigie needs on this machine and says what to do')
    .option('--json', 'one JSON line')
    .action(async ({ json }: { json?: boolean }) => {
      const findings = await examine();
      if (json) console.log(JSON.stringify(findings));
      else
        for (const { what, isGood, text } of findings)
          console.log(`${isGood ? 'ok ' : 'BAD'}  ${what}: ${text}`);
      if (findings.some(({ isGood }) => !isGood)) process.exitCode = 1;
    });

async function examine(): Promise<Finding[]> {
  const { examineDirectory, examineProvider, readConfig, settingGaps } = await import(
    '@vigie/server'
  );
  const config = readConfig(process.env);
  return [
    { what: 'Node', isGood: true, text: process.version },
    await dataFolder(config.VIGIE_DATA),
    await port('HTTP port', config.VIGIE_PORT, 'VIGIE_PORT'),
    config.MQTT_URL
      ? { what: 'MQTT', isGood: true, text: 'an outside broker is set' }
      : await port('MQTT port', config.VIGIE_MQTT_PORT, 'VIGIE_MQTT_PORT'),
    {
      what: 'Mail',
      isGood: !settingGaps(config).includes('no-mail'),
      text: config.SMTP_URL
        ? 'a mail server is set'
        : 'none is set, messages to the police will wait. Set SMTP_URL',
    },
    { what: 'Directory', ...(await examineDirectory(config)) },
    { what: 'Provider', ...(await examineProvider(config)) },
    await model(),
    await inference(),
  ];
}

async function dataFolder(folder: string): Promise<Finding> {
  const what = 'Data folder';
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    const { freeBytes, LEAST_FREE_BYTES } = await import('@vigie/server');
    const free = await freeBytes(folder);
    const text = `${folder}, ${(free / 2 ** 30).toFixed(1)} GiB free`;
    return free < LEAST_FREE_BYTES
      ? { what, isGood: false, text: `${text}: make room` }
      : { what, isGood: true, text };
  } catch (error) {
    return {
      what,
      isGood: false,
      text: `${folder} cannot be written (${error instanceof Error ? error.message : error}). Choose another with VIGIE_DATA`,
    };
  }
}

function port(what: string, number: number, setting: string): Promise<Finding> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () =>
      resolve({
        what,
        isGood: false,
        text: `${number} is taken (by a running Vigie?). Choose another with ${setting}`,
      }),
    );
    server.listen(number, '127.0.0.1', () =>
      server.close(() => resolve({ what, isGood: true, text: `${number} is free` })),
    );
  });
}

async function model(): Promise<Finding> {
  const { listModels } = await import('@vigie/vision');
  const found = await listModels();
  return found.length > 0
    ? { what: 'Weights', isGood: true, text: found.join(', ') }
    : {
        what: 'Weights',
        isGood: false,
        text: 'none found, every room is UNKNOWN. Put a YOLOv8 ONNX file into data/models or name its folder in VIGIE_MODELS',
      };
}

async function inference(): Promise<Finding> {
  const what = 'Inference';
  const { tryInference } = await import('@vigie/vision');
  try {
    const { used, offered } = await tryInference();
    return { what, isGood: true, text: `by ${used}; ONNX Runtime offers ${offered.join(', ')}` };
  } catch (error) {
    return { what, isGood: false, text: error instanceof Error ? error.message : String(error) };
  }
}
