import type { Http } from '../platform/http.ts';
import { gapsOf, type SetupFacts } from './gaps.ts';
import { setupRoutes } from './setup.routes.ts';

export { LEAST_FREE_BYTES, settingGaps } from './gaps.ts';

/** Tells administrators what the town still lacks. `readFacts` asks the other features. */
export const createSetup = (readFacts: () => Promise<SetupFacts>) => ({
  routes: (http: Http): void => setupRoutes(http, async () => gapsOf(await readFacts())),
});
