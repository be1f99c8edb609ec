import { queryOptions } from '@tanstack/react-query';
import { PublicSpace } from '@vigie/contracts/public-space';
import type { Api } from '../../platform/api.ts';

/** Nothing is pushed to whoever is not signed in: the colour is asked for while it is looked at. */
export const publicSpaceQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['public-space', id],
    queryFn: ({ signal }) =>
      api.get(`/public/spaces/${encodeURIComponent(id)}`, PublicSpace, signal),
    refetchInterval: 15_000,
  });
