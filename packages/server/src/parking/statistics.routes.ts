import { Problem } from '@vigie/contracts/errors';
import { ParkingStatistics, StatisticsQuery } from '@vigie/contracts/parking-statistics';
import { type Http, mayDo } from '../platform/http.ts';
import type { StatisticsService } from './statistics.service.ts';

/** The manager's figures; cases and devices only for those who may see them. */
export function statisticsRoutes(http: Http, statistics: StatisticsService): void {
  http.get(
    '/api/v1/parking/statistics',
    {
      config: { access: 'parking.read', perMinute: 60 },
      schema: {
        querystring: StatisticsQuery,
        response: { 200: ParkingStatistics, '4xx': Problem },
      },
    },
    ({ query, person }) =>
      statistics.summarise(query, {
        seesCases: person !== undefined && mayDo(person, 'parking.handle-cases'),
        seesDevices: person !== undefined && mayDo(person, 'devices.read'),
      }),
  );
}
