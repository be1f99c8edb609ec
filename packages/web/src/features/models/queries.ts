import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  InstalledModel,
  MODEL_BYTES,
  ModelReceipt,
  ModelsView,
  type WaitingModel,
} from '@vigie/contracts/models';
import { useState } from 'react';
import * as z from 'zod';
import { type Api, ApiError } from '../../platform/api.ts';
import { useApi } from '../../platform/react.tsx';
import { putWithProgress } from '../../platform/upload.ts';
import { nameFor } from './models.ts';

/** Workers look for new weights every few seconds and say what they have. */
export const modelsQuery = (api: Api) =>
  queryOptions({
    queryKey: ['models'],
    queryFn: ({ signal }) => api.get('/models', ModelsView, signal),
    refetchInterval: 5000,
  });

/** A change of the weights, after which they are asked for anew. */
function useChange<Given, Taken>(change: (api: Api, given: Given) => Promise<Taken>) {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: Given) => change(api, given),
    onSettled: () => client.invalidateQueries({ queryKey: modelsQuery(api).queryKey }),
  });
}

/** Nothing comes back from what is gone. */
const nothing = z.unknown();

export const useTrust = ({ id, sha256 }: WaitingModel) =>
  useChange((api, _nothing: undefined) =>
    api.post(`/model-uploads/${encodeURIComponent(id)}/trust`, { sha256 }, InstalledModel),
  );

export const useDiscard = ({ id }: WaitingModel) =>
  useChange((api, _nothing: undefined) =>
    api.delete(`/model-uploads/${encodeURIComponent(id)}`, nothing),
  );

export const useRemove = ({ name }: InstalledModel) =>
  useChange((api, _nothing: undefined) =>
    api.delete(`/models/${encodeURIComponent(name)}`, nothing),
  );

/** Sends a file. `share`: how much of it is sent, 0..1. */
export function useSend() {
  const [share, setShare] = useState(0);
  const [sending, setSending] = useState<AbortController>();
  const change = useChange(async (_api, file: File) => {
    if (file.size > MODEL_BYTES)
      throw new ApiError('models/too-large', 413, `${file.name} has ${file.size} bytes.`);
    const controller = new AbortController();
    setShare(0);
    setSending(controller);
    const path = `/models/${encodeURIComponent(nameFor(file.name))}`;
    const upload = { file, onProgress: setShare, signal: controller.signal };
    return putWithProgress(path, upload, ModelReceipt);
  });
  return { ...change, share, stop: () => sending?.abort() };
}
