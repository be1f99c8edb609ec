import { Problem } from '@vigie/contracts/errors';
import {
  Board,
  BuildingView,
  Camera,
  CameraView,
  EndIncident,
  Incident,
  IncidentLine,
  NewIncident,
  RoomView,
} from '@vigie/contracts/evacuation';
import { Id } from '@vigie/contracts/ids';
import { Markings } from '@vigie/contracts/vision';
import * as z from 'zod';
import { NotAuthenticated, NotFound } from '../platform/errors.ts';
import { type Http, reaches, type SignedIn } from '../platform/http.ts';
import type { IncidentsService } from './alarm/incidents.service.ts';
import type { LiveViewsService } from './rooms/live-views.service.ts';
import type { RoomsService } from './rooms/rooms.service.ts';

interface RouteDeps {
  rooms: RoomsService;
  incidents: IncidentsService;
  views: Pick<LiveViewsService, 'list'>;
}

const ById = z.object({ id: Id });
const Limit = z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) });
const refused = { '4xx': Problem };

/** Buildings, rooms, incidents and their boards. */
export function evacuationRoutes(http: Http, { rooms, incidents, views }: RouteDeps): void {
  http.get(
    '/api/v1/buildings',
    {
      config: { access: 'rooms.read', about: 'list' },
      schema: { tags: ['evacuation'], response: { 200: z.array(BuildingView), ...refused } },
    },
    async ({ person }) =>
      rooms
        .listBuildings()
        .filter(({ id: buildingId }) => reaches(person, { buildingId }))
        .map((building) => ({
          ...building,
          rooms: rooms.listRooms(building.id),
          activeIncidentId: incidents.findActiveIn(building.id)?.id ?? null,
        })),
  );
  http.get(
    '/api/v1/rooms/:id',
    {
      config: { access: 'rooms.read', about: 'room' },
      schema: { tags: ['evacuation'], params: ById, response: { 200: RoomView, ...refused } },
    },
    async ({ params }) => {
      const room = rooms.findRoom(params.id);
      if (room) return room;
      throw new NotFound(
        'evacuation/room-unknown',
        `There is no room ${params.id}. GET /api/v1/buildings lists them.`,
      );
    },
  );
  changeRooms(http, rooms);
  http.get(
    '/api/v1/camera-views',
    {
      config: { access: 'audit.read' },
      schema: {
        tags: ['evacuation'],
        querystring: Limit,
        response: { 200: z.array(CameraView), ...refused },
      },
    },
    async ({ query }) => views.list(query.limit),
  );
  startAndEnd(http, incidents);
  readIncidents(http, incidents);
}

function changeRooms(http: Http, rooms: RoomsService): void {
  http.post(
    '/api/v1/rooms/:id/known-empty',
    {
      config: { access: 'rooms.declare-empty', about: 'room' },
      schema: {
        tags: ['evacuation'],
        summary: 'Nobody is in the room: the count at its doors begins anew',
        params: ById,
        response: { 200: RoomView, ...refused },
      },
    },
    async ({ params, person }) => rooms.declareEmpty(params.id, nameOf(person)),
  );
  http.put(
    '/api/v1/cameras/:id/markings',
    {
      config: { access: 'town.write' },
      schema: {
        tags: ['evacuation'],
        summary: 'Zones, lines, anchor and calibration drawn on the picture of a camera',
        params: ById,
        body: Markings,
        response: { 200: Camera, ...refused },
      },
    },
    async ({ params, body }) => rooms.setMarkings(params.id, body),
  );
}

function startAndEnd(http: Http, incidents: IncidentsService): void {
  http.post(
    '/api/v1/buildings/:id/incidents',
    {
      config: { access: 'alarm.sound', about: 'building' },
      schema: {
        tags: ['evacuation'],
        summary: 'Sound the alarm. 201: begun; 200: joined the incident that is active',
        params: ById,
        body: NewIncident,
        response: { 200: Incident, 201: Incident, ...refused },
      },
    },
    async ({ params, body, person }, reply) => {
      const { outcome, incident } = await incidents.sound({
        buildingId: params.id,
        kind: body.kind,
        origin: 'button',
        actor: nameOf(person),
      });
      return reply.status(outcome === 'started' ? 201 : 200).send(incident as Incident);
    },
  );
  http.post(
    '/api/v1/incidents/:id/end',
    {
      config: { access: 'alarm.end', about: 'incident' },
      schema: {
        tags: ['evacuation'],
        params: ById,
        body: EndIncident,
        response: { 200: Incident, ...refused },
      },
    },
    async ({ params, body, person }) =>
      incidents.end(params.id, { reason: body.reason, actor: nameOf(person) }),
  );
}

function readIncidents(http: Http, incidents: IncidentsService): void {
  const config = { access: 'rooms.read', about: 'incident' } as const;
  const tags = ['evacuation'];
  http.get(
    '/api/v1/incidents',
    {
      config: { ...config, about: 'list' },
      schema: { tags, querystring: Limit, response: { 200: z.array(Incident), ...refused } },
    },
    async ({ query, person }) =>
      (await incidents.list(query.limit)).filter((incident) => reaches(person, incident)),
  );
  http.get(
    '/api/v1/incidents/:id',
    { config, schema: { tags, params: ById, response: { 200: Incident, ...refused } } },
    async ({ params }) => incidents.get(params.id),
  );
  http.get(
    '/api/v1/incidents/:id/board',
    { config, schema: { tags, params: ById, response: { 200: Board, ...refused } } },
    async ({ params }) => incidents.board(params.id),
  );
  http.get(
    '/api/v1/incidents/:id/log',
    {
      config,
      schema: { tags, params: ById, response: { 200: z.array(IncidentLine), ...refused } },
    },
    async ({ params }) => incidents.listLines(params.id),
  );
}

/** The user name. @throws NotAuthenticated; the access rule of the route made sure before. */
export function nameOf(person: SignedIn | undefined): string {
  if (!person) throw new NotAuthenticated('accounts/not-signed-in', 'Sign in first.');
  return person.username;
}
