import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ParkingStatistics } from '@vigie/contracts/parking-statistics';
import type { Api } from '../../platform/api.ts';

/** What is asked for: civil dates, both included, of one zone or of all. */
export interface StatisticsAsked {
  from: string;
  to: string;
  zone?: string | undefined;
}

/** The plots stay while those of another period are on their way. */
export const statisticsQuery = (api: Api, { from, to, zone }: StatisticsAsked) =>
  queryOptions({
    queryKey: ['statistics', from, to, zone ?? ''],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ from, to, ...(zone ? { zone } : {}) });
      return api.get(`/parking/statistics?${query}`, ParkingStatistics, signal);
    },
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
