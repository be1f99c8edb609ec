import type { Actor, AuditLog } from '../../platform/audit.ts';
import type { CameraAddresses } from '../../platform/camera-address.ts';
import { mayBeSameCamera } from './camera-use.ts';

/** A camera that is there, of a room or over parking spaces. */
export interface KnownCamera {
  id: string;
  sealedSource: string;
}

/** An address that is tried: of which camera, where it is to stand, and how only workers open it. */
export interface Tried {
  cameraId: string | undefined;
  roomId: string | undefined;
  sealedSource: string;
}

interface TrialPicturesDeps {
  listCameras: () => Promise<KnownCamera[]>;
  /** Whether pictures of a camera, or of those in a room, may be shown now. */
  mayShow: (where: { cameraId: string } | { roomId: string }) => boolean;
  addresses: Pick<CameraAddresses, 'open'>;
  audit: Pick<AuditLog, 'write'>;
}

export type TrialPictures = ReturnType<typeof createTrialPictures>;

/** The picture of an address that is tried is no way round the purpose of a building's cameras, and seeing it is on record. */
export function createTrialPictures({ listCameras, mayShow, addresses, audit }: TrialPicturesDeps) {
  /** Empty: a browser. @throws Error when another key sealed it. */
  const hostOf = async (sealedSource: string): Promise<string> =>
    new URL(await addresses.open(sealedSource)).hostname;

  /** What another server sealed may be anywhere. */
  async function mayBeAt(host: string, { sealedSource }: KnownCamera): Promise<boolean> {
    const other = await hostOf(sealedSource).catch(() => undefined);
    return other === undefined || (other !== '' && mayBeSameCamera(host, other));
  }

  return {
    /** Whether the address may lead to a camera whose pictures are kept for incidents, and none goes on there. */
    isWithheld: async ({ cameraId, roomId, sealedSource }: Tried): Promise<boolean> => {
      if (roomId !== undefined && !mayShow({ roomId })) return true;
      const locked = (await listCameras()).filter(({ id }) => !mayShow({ cameraId: id }));
      if (locked.some(({ id }) => id === cameraId)) return true;
      const host = await hostOf(sealedSource);
      const doubts = await Promise.all(locked.map((camera) => mayBeAt(host, camera)));
      return doubts.includes(true);
    },

    /** Before the picture is shown. @throws what the log throws: without its line there is no picture. */
    putOnRecord: async (
      { cameraId, sealedSource }: Tried,
      { enquiry, actor }: { enquiry: string; actor: Actor },
    ): Promise<void> => {
      const subject = cameraId === undefined ? '' : `camera:${cameraId}`;
      const details = { enquiry, host: await hostOf(sealedSource) };
      await audit.write({ actor, act: 'picture-tried', subject, details });
    },
  };
}
