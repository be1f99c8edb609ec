import type { CameraFeedView, CameraLink } from '@vigie/contracts/evacuation';
import type { FedPicture } from '@vigie/contracts/vision';
import type { Clock } from '../../platform/clock.ts';
import { Conflict, NotAuthenticated, NotFound } from '../../platform/errors.ts';
import type { CameraLinksStore } from './camera-links.store.ts';
import type { RoomsService } from './rooms.service.ts';

/** How long a drawn link opens a camera: a drill, a day. */
const LINK_MS = 12 * 3_600_000;
/** A picture that took longer from the request to its arrival shows the past. */
const MOST_AGE_MS = 2000;
/** Every picture of JPEG begins so. Source: ITU-T T.81, B.1.1.3. */
const JPEG_START = [0xff, 0xd8];

/** The connection of a browser that films. */
export interface FeedSocket {
  /** Asks for one picture of now. */
  ask(): void;
  close(code: number, reason: string): void;
}

/** What an admitted browser films, until when. */
export interface AdmittedFeed {
  readonly cameraId: string;
  readonly fps: number;
  readonly until: number;
  readonly view: CameraFeedView;
}

interface FeedsDeps {
  readonly store: CameraLinksStore;
  readonly rooms: Pick<RoomsService, 'findCamera' | 'findRoom' | 'findBuilding'>;
  /** Whether the camera of this id is a browser's. */
  readonly isBrowserCamera: (cameraId: string) => Promise<boolean>;
  readonly publish: (cameraId: string, picture: FedPicture) => void;
  readonly secrets: { draw(): string; digestOf(token: string): string };
  readonly clock: Clock;
  /** milliseconds of a clock that nobody sets */
  readonly steadyNow: () => number;
}

export type CameraFeeds = ReturnType<typeof createCameraFeeds>;

/**
 * Telephones and laptops as cameras. The server asks for each picture and takes the next one only after the last: nothing
 * piles up on the way, and a picture is at most as old as the question.
 */
export function createCameraFeeds(deps: FeedsDeps) {
  const { store, rooms, isBrowserCamera, publish, secrets, clock, steadyNow } = deps;
  /** by camera id */
  const feeds = new Map<string, Feed>();

  async function mustBeBrowserCamera(cameraId: string): Promise<void> {
    if (!rooms.findCamera(cameraId))
      throw new NotFound('evacuation/camera-unknown', `There is no camera ${cameraId}.`);
    if (await isBrowserCamera(cameraId)) return;
    throw new Conflict(
      'evacuation/camera-no-browser',
      `Camera ${cameraId} has an address of its own. Only a camera whose source is browser: takes a telephone.`,
    );
  }

  function end(cameraId: string, code: number, reason: string): void {
    feeds.get(cameraId)?.close(code, reason);
    feeds.delete(cameraId);
  }

  return {
    /**
     * Draws the link by which a browser becomes this camera; the one before ends, and whoever films by it.
     * @throws NotFound, Conflict when the camera is no browser's.
     */
    draw: async (cameraId: string): Promise<CameraLink> => {
      await mustBeBrowserCamera(cameraId);
      const token = secrets.draw();
      const until = new Date(clock.now().getTime() + LINK_MS);
      await store.put(cameraId, secrets.digestOf(token), until);
      end(cameraId, 4001, 'another link was drawn');
      return { cameraId, token, path: `/camera/${token}`, until: until.toISOString() };
    },

    /** Ends the link of a camera, and whoever films by it. @throws NotFound, Conflict. */
    revoke: async (cameraId: string): Promise<void> => {
      await mustBeBrowserCamera(cameraId);
      await store.remove(cameraId);
      end(cameraId, 4001, 'the link was taken back');
    },

    /** What this token lets a browser film. @throws NotAuthenticated. */
    admit: async (token: string): Promise<AdmittedFeed> => {
      const link = await store.find(secrets.digestOf(token), clock.now());
      const found = link && rooms.findCamera(link.cameraId);
      if (!link || !found)
        throw new NotAuthenticated(
          'evacuation/camera-link-wrong',
          'This link opens no camera, or it has expired. Ask an administrator for a new one.',
        );
      const { camera, buildingId } = found;
      const view = {
        camera: camera.name,
        room: rooms.findRoom(camera.roomId)?.name ?? camera.roomId,
        building: rooms.findBuilding(buildingId)?.name ?? buildingId,
        until: link.expiresAt.toISOString(),
      };
      return { cameraId: camera.id, fps: camera.fps, until: link.expiresAt.getTime(), view };
    },

    /** Takes the pictures of a browser from now on. Another one that filmed by the same link ends: the newest is held in hand. */
    open: (admitted: AdmittedFeed, socket: FeedSocket) => {
      const { cameraId, until } = admitted;
      end(cameraId, 4002, 'the link was opened elsewhere');
      const feed = createFeed(admitted, socket, {
        steadyNow,
        isExpired: () => clock.now().getTime() >= until,
        publish: (picture) => publish(cameraId, picture),
      });
      feeds.set(cameraId, feed);
      feed.start();
      return {
        take: feed.take,
        leave: () => {
          feed.stop();
          if (feeds.get(cameraId) === feed) feeds.delete(cameraId);
        },
      };
    },

    /** Ends whoever films as this camera. */
    end: (cameraId: string, reason: string): void => end(cameraId, 4001, reason),

    stop: (): void => {
      for (const cameraId of [...feeds.keys()]) end(cameraId, 1001, 'the server stops');
    },
  };
}

type Feed = ReturnType<typeof createFeed>;

interface FeedDeps {
  readonly steadyNow: () => number;
  readonly isExpired: () => boolean;
  readonly publish: (picture: FedPicture) => void;
}

function createFeed({ fps }: AdmittedFeed, socket: FeedSocket, deps: FeedDeps) {
  const { steadyNow, isExpired, publish } = deps;
  let askedAt = 0;
  let isAwaited = false;
  let timer: NodeJS.Timeout | undefined;

  function ask(): void {
    if (isExpired()) {
      close(4001, 'the link has expired');
      return;
    }
    askedAt = steadyNow();
    isAwaited = true;
    socket.ask();
  }

  function stop(): void {
    clearTimeout(timer);
    isAwaited = false;
  }

  function close(code: number, reason: string): void {
    stop();
    socket.close(code, reason);
  }

  return {
    start: ask,
    stop,
    close,
    take(jpeg: Uint8Array): void {
      const isJpeg = JPEG_START.every((byte, i) => jpeg[i] === byte);
      if (!isJpeg) close(1003, 'only pictures of JPEG are taken');
      // What was not asked for may be of any moment.
      if (!isJpeg || !isAwaited) return;
      isAwaited = false;
      const ageMs = Math.ceil(steadyNow() - askedAt);
      if (ageMs <= MOST_AGE_MS) publish({ ageMs, jpeg });
      timer = setTimeout(ask, Math.max(0, 1000 / fps - ageMs));
    },
  };
}
