import type { CameraView, Incident, LiveNotice } from '@vigie/contracts/evacuation';
import type { FrameHeader, Watch, WatchMode } from '@vigie/contracts/vision';
import type { Actor } from '../../platform/audit.ts';
import type { Clock } from '../../platform/clock.ts';
import { InvalidInput, messageOf, NotAllowed, NotFound } from '../../platform/errors.ts';
import type { Log } from '../../platform/log.ts';
import type { IncidentsService } from '../alarm/incidents.service.ts';
import type { ViewStore } from './views.store.ts';

/** Workers send pictures for this long after each request; it is renewed well before. */
const watchMs = 5000;

/** A view ends by itself, so that a right that was withdrawn ends too; the page opens it again. */
const viewLimitMs = 10 * 60_000;

/** More than this on its way to a viewer (about three pictures): it is slow, and the next picture is left out. */
const backlogBytes = 262_144;

/** One browser's connection. */
export interface ViewerSocket {
  sendFrame(message: Uint8Array): void;
  sendNotice(notice: LiveNotice): void;
  close(code: number, reason: string): void;
  backlog(): number;
}

/** Somebody who may watch. `incidentId`: the incident that opened the clear view. */
export interface AdmittedView {
  cameraId: string;
  mode: WatchMode;
  username: string;
  actor: Actor;
  reason: string;
  incidentId: string | null;
}

interface Viewer extends AdmittedView {
  id: string;
  socket: ViewerSocket;
  startedAt: number;
  isWithheld: boolean;
  isOver: boolean;
}

interface ViewsDeps {
  store: ViewStore;
  /** Where a camera stands; `null`: outside, over parking spaces; `undefined`: there is no such camera. */
  findBuilding: (cameraId: string) => string | null | undefined;
  /** Whether pictures of the building's cameras may be shown now. */
  mayShow: (buildingId: string) => boolean;
  incidents: Pick<IncidentsService, 'findActiveIn'>;
  publishWatch: (cameraId: string, watch: Watch) => void;
  clock: Clock;
  log: Log;
  newId: () => string;
}

export type LiveViewsService = ReturnType<typeof createLiveViewsService>;

/**
 * Live pictures for browsers. A private viewer never gets a clear picture: a worker sends one stream per camera,
 * and while somebody watches it clear (a stated reason or an incident), private viewers get a notice
 * instead of pictures. In an emergency the clear picture must not be lost to a private page left open.
 */
export function createLiveViewsService(deps: ViewsDeps) {
  const { store, findBuilding, mayShow, incidents, publishWatch, clock, log, newId } = deps;
  /** by camera id */
  const viewers = new Map<string, Set<Viewer>>();

  const now = () => clock.now().getTime();
  const instant = (ms: number) => new Date(ms).toISOString();

  function askFor(cameraId: string): void {
    const watching = [...(viewers.get(cameraId) ?? [])];
    const mode = watching.some((viewer) => viewer.mode === 'clear') ? 'clear' : 'private';
    const until = watching.length > 0 ? now() + watchMs : now();
    publishWatch(cameraId, { mode, until: instant(until) });
  }

  /** `opened`: the beginning is logged before the end, however short the view was. */
  async function leave(viewer: Viewer, opened?: Promise<void>): Promise<void> {
    if (viewer.isOver) return;
    viewer.isOver = true;
    await opened;
    const watching = viewers.get(viewer.cameraId);
    if (watching?.delete(viewer)) {
      if (watching.size === 0) viewers.delete(viewer.cameraId);
      askFor(viewer.cameraId);
    }
    try {
      await store.end(viewer.id, clock.now(), viewer.actor);
    } catch (error) {
      log.error({ view: viewer.id, error: messageOf(error) }, 'the end of a view was not logged');
    }
  }

  /** @throws whatever the store throws for a clear view: without its line in the log there is none. */
  async function logBegin(viewer: Viewer): Promise<void> {
    const { id, cameraId, username, mode, reason, incidentId, startedAt } = viewer;
    const view: CameraView = {
      id,
      cameraId,
      username,
      mode,
      reason,
      incidentId,
      from: instant(startedAt),
      until: null,
    };
    try {
      await store.begin(view, viewer.actor);
    } catch (error) {
      log.error({ view, error: messageOf(error) }, 'the beginning of a view was not logged');
      if (mode === 'clear') throw error;
    }
  }

  function show(viewer: Viewer, header: FrameHeader, message: Uint8Array): void {
    if (isLocked(viewer)) return;
    const isWithheld = header.mode === 'clear' && viewer.mode === 'private';
    if (isWithheld !== viewer.isWithheld) viewer.socket.sendNotice({ withheld: isWithheld });
    viewer.isWithheld = isWithheld;
    if (!isWithheld && viewer.socket.backlog() <= backlogBytes) viewer.socket.sendFrame(message);
  }

  function isLocked({ cameraId }: Viewer): boolean {
    const buildingId = findBuilding(cameraId);
    return typeof buildingId === 'string' && !mayShow(buildingId);
  }

  const all = () => [...viewers.values()].flatMap((watching) => [...watching]);

  return {
    /**
     * Whether this view may be opened. A test alarm opens no clear view: it reaches nobody, so nobody would see
     * it used as a way round the reason.
     * @throws NotFound for an unknown camera, NotAllowed where pictures are kept for incidents, InvalidInput when a clear view has neither a reason nor an incident.
     */
    admit: (wish: Omit<AdmittedView, 'incidentId'>): AdmittedView => {
      const buildingId = findBuilding(wish.cameraId);
      if (buildingId === undefined) {
        throw new NotFound(
          'evacuation/camera-unknown',
          `There is no camera ${wish.cameraId}. GET /api/v1/buildings lists them.`,
        );
      }
      if (buildingId !== null && !mayShow(buildingId)) throw locked(wish.cameraId);
      const incident = buildingId === null ? undefined : incidents.findActiveIn(buildingId);
      const opening = incident && incident.kind !== 'test' ? incident.id : null;
      const hasReason = wish.reason.trim().length >= 10;
      if (wish.mode === 'clear' && !hasReason && opening === null) {
        throw new InvalidInput(
          'evacuation/reason-missing',
          'The clear picture needs a reason of at least 10 characters while no incident is active in the building.',
        );
      }
      return { ...wish, incidentId: wish.mode === 'clear' && !hasReason ? opening : null };
    },

    /** Begins a view; call the result when the connection ended. Without its line in the log a clear view is refused. */
    open: (admitted: AdmittedView, socket: ViewerSocket): (() => Promise<void>) => {
      const viewer: Viewer = {
        ...admitted,
        id: newId(),
        socket,
        startedAt: now(),
        isWithheld: false,
        isOver: false,
      };
      const opened = logBegin(viewer).then(
        () => {
          if (viewer.isOver) return;
          const watching = viewers.get(viewer.cameraId) ?? new Set();
          viewers.set(viewer.cameraId, watching.add(viewer));
          askFor(viewer.cameraId);
        },
        () => socket.close(1011, 'the view could not be logged'),
      );
      return () => leave(viewer, opened);
    },

    isWatched: (cameraId: string): boolean => viewers.has(cameraId),

    /** Hands a picture to everybody who may see it. */
    show: (cameraId: string, header: FrameHeader, message: Uint8Array): void => {
      for (const viewer of viewers.get(cameraId) ?? []) show(viewer, header, message);
    },

    /** Keeps the workers sending; ends views that lasted too long. Call every 2 s. */
    renew: (): void => {
      for (const viewer of all()) {
        if (now() - viewer.startedAt > viewLimitMs)
          viewer.socket.close(4000, 'open the view again');
        else if (isLocked(viewer)) viewer.socket.close(4403, 'pictures are kept for incidents');
      }
      for (const cameraId of viewers.keys()) askFor(cameraId);
    },

    /** Clear views that an incident opened end with it. */
    onIncident: (incident: Incident): void => {
      if (incident.endedAt === null) return;
      for (const viewer of all()) {
        if (viewer.incidentId === incident.id) viewer.socket.close(4001, 'the incident was ended');
        else if (isLocked(viewer)) viewer.socket.close(4403, 'pictures are kept for incidents');
      }
    },

    list: (limit: number): Promise<CameraView[]> => store.list(limit),

    stop: async (): Promise<void> => {
      const open = all();
      for (const viewer of open) viewer.socket.close(1001, 'the server stops');
      await Promise.all(open.map((viewer) => leave(viewer)));
    },
  };
}

const locked = (cameraId: string): NotAllowed =>
  new NotAllowed(
    'evacuation/purpose-locked',
    `Pictures of camera ${cameraId} are kept for incidents. While it is installed an administrator may open them for the building; that is on record.`,
  );
