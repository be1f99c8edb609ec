import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { untilSignal } from './signals.ts';
import { allowedIn, sealKeyIn } from './town-camera.ts';

interface Options {
  broker: string;
  id: string;
}

/** `vigie vision`: one vision worker. Its secrets come by environment, where other users of the machine cannot read them. */
export function visionCommand(): Command {
  return new Command('vision')
    .description('A vision worker: takes its share of the cameras and counts people in them')
    .requiredOption('--broker <url>', 'MQTT broker, for example mqtt://localhost:1883')
    .requiredOption('--id <id>', 'name of this worker, one of its own for each')
    .addHelpText(
      'after',
      '\nEnvironment: VIGIE_WORKER_KEY, the MQTT password of worker:ID; VIGIE_SEAL_KEY, 32 bytes in base64, opens the addresses of the cameras; VIGIE_MODELS, folders with weights; VIGIE_CAMERA_ALLOW, addresses of cameras that would be refused otherwise; VIGIE_MQTT_CA, VIGIE_MQTT_CERT, VIGIE_MQTT_KEY, files (PEM) for a broker over TLS.',
    )
    .action(vision);
}

function secretsOf(environment: NodeJS.ProcessEnv) {
  const key = environment.VIGIE_WORKER_KEY;
  const sealed = environment.VIGIE_SEAL_KEY;
  if (!key) throw new Error('VIGIE_WORKER_KEY is not set; give the key of this worker');
  if (!sealed) throw new Error('VIGIE_SEAL_KEY is not set; give the seal key of the server');
  return { key, sealKey: sealKeyIn(sealed) };
}

/** @throws Error when a file cannot be read. */
async function brokerTlsIn(environment: NodeJS.ProcessEnv) {
  const read = async (name: string) => {
    const path = environment[name];
    return path ? readFile(path, 'utf8') : undefined;
  };
  const ca = await read('VIGIE_MQTT_CA');
  const [cert, key] = [await read('VIGIE_MQTT_CERT'), await read('VIGIE_MQTT_KEY')];
  return { ...(ca ? { ca } : {}), ...(cert && key ? { cert, key } : {}) };
}

async function vision({ broker, id }: Options): Promise<void> {
  const secrets = secretsOf(process.env);
  const brokerTls = await brokerTlsIn(process.env);
  const asked = untilSignal();
  const { createWorkerLog, modelFolders, startVisionWorker } = await import('@vigie/vision');
  const starting = startVisionWorker({
    ...secrets,
    brokerUrl: broker,
    brokerTls,
    workerId: id,
    modelsDirs: modelFolders(),
    allowedAddresses: allowedIn(process.env.VIGIE_CAMERA_ALLOW),
    log: createWorkerLog(id),
  });
  const worker = await Promise.race([starting, asked]);
  // Measuring the processor takes seconds; before its end there is nothing to hand back.
  if (!worker) process.exit();
  await asked;
  await worker.stop();
}
