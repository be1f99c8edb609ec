import { listModels } from '@vigie/vision';

/** Whether there are weights to test with; in CI there must be. */
export const hasWeights = (await listModels()).length > 0;
if (!hasWeights && process.env.CI === 'true') throw new Error('CI needs weights: none were found');

/** What the title of a test says where there are none. */
export const why = hasWeights ? '' : ' (skipped: no weights in the model folders)';
