import { modelFolders, startVisionWorker } from '@vigie/vision';
import { packPacketLengths } from '../packages/cli/src/packet-lengths.ts';

/** A vision worker in a process of its own: `sealKey` in Base64. Told `memory` it answers with its own, told `end` it ends. */
export interface GivenWorker {
  readonly brokerUrl: string;
  readonly workerId: string;
  readonly key: string;
  readonly sealKey: string;
  readonly threads: number;
}

const { sealKey, ...given }: GivenWorker = JSON.parse(process.argv[2] ?? '{}');
const nothing = (): void => undefined;
// As the program `vigie` does.
packPacketLengths();
const worker = await startVisionWorker({
  ...given,
  sealKey: Uint8Array.from(Buffer.from(sealKey, 'base64')),
  modelsDirs: modelFolders(),
  log: { info: nothing, warn: nothing, error: nothing },
});
process.send?.('ready');
process.on('message', async (word: 'memory' | 'end') => {
  if (word === 'memory') {
    // What may be collected is no growth.
    globalThis.gc?.();
    return process.send?.(process.memoryUsage());
  }
  await worker.stop();
  return process.disconnect();
});
