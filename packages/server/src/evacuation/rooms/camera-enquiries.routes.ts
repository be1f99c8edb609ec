import { CameraEnquiry, NewCameraEnquiry } from '@vigie/contracts/camera-enquiries';
import { Problem } from '@vigie/contracts/errors';
import * as z from 'zod';
import { actorOf, type Http } from '../../platform/http.ts';
import type { CameraEnquiries } from './camera-enquiries.service.ts';

const tags = ['evacuation'];
const config = { access: 'town.write' } as const;
const refused = { '4xx': Problem };

/** Trials of addresses, and cameras found on the network; asked again until `step` is `done`. */
export function cameraEnquiriesRoutes(http: Http, enquiries: CameraEnquiries): void {
  http.post(
    '/api/v1/camera-enquiries',
    {
      config: { ...config, perMinute: 60 },
      schema: {
        tags,
        summary:
          'A worker tries an address, calls the cameras of its network, or reads one of them',
        body: NewCameraEnquiry,
        response: { 201: CameraEnquiry, ...refused },
      },
    },
    async ({ body }, reply) => reply.status(201).send(await enquiries.begin(body)),
  );
  http.get(
    '/api/v1/camera-enquiries/:id',
    {
      config,
      schema: {
        tags,
        params: z.object({ id: z.string().max(64) }),
        response: { 200: CameraEnquiry, ...refused },
      },
    },
    async (request) => enquiries.get(request.params.id, actorOf(request)),
  );
}
