import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Camera } from '@vigie/contracts/evacuation';
import { ParkingCamera } from '@vigie/contracts/parking-cameras';
import type { Markings } from '@vigie/contracts/vision';
import { freshId } from '../../platform/fresh-id.ts';
import { useApi } from '../../platform/react.tsx';
import { refreshBuildings } from '../rooms/index.ts';
import { type CameraEntry, parkingBody, roomBody } from './entry.ts';

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

/** Adds a camera, or changes the one of this id; gives its id. */
export function useSaveCamera(cameraId: string | undefined) {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (entry: CameraEntry): Promise<string> => {
      const id = cameraId ?? freshId(entry.name, Date.now().toString(36));
      if (entry.task === 'parking')
        await api.put(
          `/parking-cameras/${encodeURIComponent(id)}`,
          parkingBody(entry),
          ParkingCamera,
        );
      else await api.put(`/cameras/${encodeURIComponent(id)}`, roomBody(entry), Camera);
      return id;
    },
    onSuccess: () => refreshBuildings(client),
  });
}
