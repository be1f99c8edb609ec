import { useMutation, useQuery } from '@tanstack/react-query';
import { CameraEnquiry, type NewCameraEnquiry } from '@vigie/contracts/camera-enquiries';
import { useApi } from '../../platform/react.tsx';

const everyMs = 500;

/** Asks a worker about cameras, and follows its answer until it is done. What it answers is kept no longer than it is shown. */
export function useEnquiry() {
  const api = useApi();
  const begin = useMutation({
    gcTime: 0,
    mutationFn: (wish: NewCameraEnquiry) => api.post('/camera-enquiries', wish, CameraEnquiry),
  });
  const id = begin.data?.id;
  const poll = useQuery({
    queryKey: ['camera-enquiry', id],
    queryFn: ({ signal }) => api.get(`/camera-enquiries/${id}`, CameraEnquiry, signal),
    enabled: begin.data !== undefined && begin.data.step !== 'done',
    refetchInterval: ({ state }) => (state.data?.step === 'done' || state.error ? false : everyMs),
    gcTime: 0,
  });
  const enquiry = poll.data ?? begin.data;
  const error = begin.error ?? poll.error;
  return {
    begin: begin.mutate,
    reset: begin.reset,
    enquiry,
    error,
    isUnderway: !error && (begin.isPending || (enquiry !== undefined && enquiry.step !== 'done')),
  };
}
