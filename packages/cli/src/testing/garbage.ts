import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/** Collects all that nobody holds any more, so that what a process holds can be measured. */
export const collectGarbage = runInNewContext('gc') as () => void;
