import { addressBlocksIn } from '@vigie/contracts/addresses';
import { unseal } from '@vigie/contracts/seal';
import { Town } from '@vigie/contracts/town';
import { type Login, signInAs } from './login.ts';

const scheme = 'sealed:';

/** The variables of the environment that say how addresses of cameras are opened. */
type Environment = NodeJS.ProcessEnv;

/**
 * The key by which addresses of cameras are sealed: `VIGIE_SEAL_KEY` as a worker has it, else by the secret of the server on
 * this machine.
 * @throws Error naming the remedy when neither is there.
 */
export async function sealKeyOf(environment: Environment): Promise<Uint8Array<ArrayBuffer>> {
  if (environment.VIGIE_SEAL_KEY) return sealKeyIn(environment.VIGIE_SEAL_KEY);
  const { findWorkersKey, readConfig } = await import('@vigie/server');
  const { VIGIE_DATA, VIGIE_SECRET } = readConfig(environment);
  const key = await findWorkersKey(VIGIE_DATA, VIGIE_SECRET);
  if (key) return key;
  throw new Error(
    `${VIGIE_DATA} holds no secret of a server; run this where the server runs, or give its VIGIE_SEAL_KEY`,
  );
}

/** @throws Error when it is no key. */
export function sealKeyIn(text: string): Uint8Array<ArrayBuffer> {
  const key = new Uint8Array(Buffer.from(text, 'base64'));
  if (key.length === 32) return key;
  throw new Error('VIGIE_SEAL_KEY is not 32 bytes in base64; copy the seal key of the server');
}

/** What `VIGIE_CAMERA_ALLOW` names. @throws Error naming what is neither an address nor a network. */
export function allowedIn(text = ''): string[] {
  const blocks = addressBlocksIn(text);
  if (blocks) return blocks;
  throw new Error(
    `VIGIE_CAMERA_ALLOW is ${text}; give addresses or networks with commas between, such as 169.254.7.0/24`,
  );
}

/**
 * The address of one of the town's cameras with its login, as only the workers know it: keep it out of every output.
 * @throws Error naming the remedy when there is no such camera, a browser is it, or its address cannot be opened here.
 */
export async function townCameraAddress(
  id: string,
  login: Login,
  environment: Environment = process.env,
): Promise<string> {
  const key = await sealKeyOf(environment);
  const town = await (await signInAs(login)).get('/api/v1/town', Town);
  const camera = [...town.cameras, ...town.parkingCameras].find((one) => one.id === id);
  if (!camera) throw new Error(`the town has no camera ${id}; town export lists them`);
  const address = await unseal(camera.source.slice(scheme.length), key).catch(() => {
    throw new Error(
      `the address of camera ${id} was sealed by another server than the one whose secret is here`,
    );
  });
  if (address.startsWith('browser:'))
    throw new Error(`camera ${id} is a telephone, which films only by its link; choose another`);
  return address;
}
