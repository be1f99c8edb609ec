import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Camera } from '@vigie/contracts/evacuation';
import type { Markings } from '@vigie/contracts/vision';
import { useApi } from '../../platform/react.tsx';
import { refreshBuildings } from '../rooms/index.ts';

/** Keeps what was drawn on the picture of a camera. */
export function useDraw(cameraId: string) {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (markings: Markings) =>
      api.put(`/cameras/${encodeURIComponent(cameraId)}/markings`, markings, Camera),
    onSuccess: () => refreshBuildings(client),
  });
}
