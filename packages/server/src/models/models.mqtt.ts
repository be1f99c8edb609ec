import { idIn, topics } from '@vigie/contracts/topics';
import { WorkerStatus } from '@vigie/contracts/vision';
import type { Bus } from '../platform/bus.ts';

/** Hears what weights the workers have. What cannot be read is named where rooms hear of the workers, too. */
export function handleWorkerStatus(
  bus: Pick<Bus, 'handle'>,
  hear: (workerId: string, status: WorkerStatus) => void,
): void {
  bus.handle(topics.workerStatus('+'), async ({ topic, payload }) => {
    const worker = idIn(topics.workerStatus, topic);
    const status = readStatus(payload);
    if (worker && status) hear(worker, status);
  });
}

function readStatus(payload: Uint8Array): WorkerStatus | undefined {
  try {
    return WorkerStatus.safeParse(JSON.parse(new TextDecoder().decode(payload))).data;
  } catch {
    return undefined;
  }
}
