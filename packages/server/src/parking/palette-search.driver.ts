import { parentPort, workerData } from 'node:worker_threads';
import { liveColours } from '@vigie/palette';

/** Program of a thread: searches the colours for as many days as it was given, and ends. */
parentPort?.postMessage(liveColours(workerData));
