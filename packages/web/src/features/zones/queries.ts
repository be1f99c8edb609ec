import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type ZoneChange, ZonePreview, ZoneRulesFrom } from '@vigie/contracts/parking';
import type { Api } from '../../platform/api.ts';
import { useApi } from '../../platform/react.tsx';

const rulesKey = (zoneId: string) => ['zone-rules', zoneId] as const;
const pathOf = (zoneId: string) => `/zones/${encodeURIComponent(zoneId)}`;

/** All rules of a zone, oldest first. */
export const rulesQuery = (api: Api, zoneId: string) =>
  queryOptions({
    queryKey: rulesKey(zoneId),
    queryFn: ({ signal }) => api.get(`${pathOf(zoneId)}/rules`, ZoneRulesFrom.array(), signal),
  });

/** What a change would do; changes nothing. */
export function usePreview(zoneId: string) {
  const api = useApi();
  return useMutation({
    mutationFn: (change: ZoneChange) => api.post(`${pathOf(zoneId)}/preview`, change, ZonePreview),
  });
}

export function useChange(zoneId: string) {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: ZoneChange) => api.put(pathOf(zoneId), change, ZoneRulesFrom.array()),
    onSuccess: (lines) => {
      client.setQueryData<ZoneRulesFrom[]>(rulesKey(zoneId), lines);
      for (const key of ['zones', 'spaces', 'space'])
        void client.invalidateQueries({ queryKey: [key] });
    },
  });
}
