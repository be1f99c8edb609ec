import type { AuditLog } from '../platform/audit.ts';
import type { Bus } from '../platform/bus.ts';
import type { Clock } from '../platform/clock.ts';
import type { Http } from '../platform/http.ts';
import type { Log } from '../platform/log.ts';
import { handleWorkerStatus } from './models.mqtt.ts';
import { modelsRoutes } from './models.routes.ts';
import { createModelsService } from './models.service.ts';
import type { ModelShelf } from './shelf.ts';

export type { ModelShelf } from './shelf.ts';

interface ModelsDeps {
  audit: Pick<AuditLog, 'write'>;
  bus: Pick<Bus, 'handle'>;
  clock: Clock;
  log: Log;
  shelf: ModelShelf | undefined;
}

/** The weights of the detector, as administrators see and bring them, and as the workers have them. */
export function createModels({ bus, ...deps }: ModelsDeps) {
  const service = createModelsService(deps);
  handleWorkerStatus(bus, service.hear);
  return {
    routes: (http: Http): void => modelsRoutes(http, service),
    start: service.start,
    listWorkers: service.listWorkers,
  };
}
