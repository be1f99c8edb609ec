import type { NewCameraEnquiry } from '@vigie/contracts/camera-enquiries';
import type { CameraChange } from '@vigie/contracts/evacuation';
import type { ParkingCameraChange } from '@vigie/contracts/parking-cameras';

/** What a camera may look at: the inside of a room, its door, or parking spaces, which are in no room. */
export const tasks = ['room', 'door', 'parking'] as const;
export type Task = (typeof tasks)[number];

/** What is typed in of a camera. An empty `source` or `username` leaves what is kept as it is. */
export interface CameraEntry {
  name: string;
  task: Task;
  roomId: string;
  profile: NonNullable<CameraChange['profile']>;
  source: string;
  username: string;
  password: string;
}

export const emptyEntry: CameraEntry = {
  ...{ name: '', task: 'room', roomId: '', profile: 'standard' },
  ...{ source: '', username: '', password: '' },
};

/** The address and the login, as far as they are given. */
function addressOf({ source, username, password }: CameraEntry) {
  return {
    ...(source === '' ? {} : { source: source.trim() }),
    ...(username === '' ? {} : { login: { username, password } }),
  };
}

/** Body of the change of a camera in a room. */
export const roomBody = (entry: CameraEntry): CameraChange => ({
  name: entry.name.trim(),
  roomId: entry.roomId,
  profile: entry.profile,
  watches: entry.task === 'door' ? 'door' : 'room',
  ...addressOf(entry),
});

/** Body of the change of a camera over parking spaces. */
export const parkingBody = (entry: CameraEntry): ParkingCameraChange => ({
  name: entry.name.trim(),
  ...addressOf(entry),
});

/** A trial of what is typed in. `cameraId`: of a camera that is kept already. */
export const trialOf = (entry: CameraEntry, cameraId: string | undefined): NewCameraEnquiry => ({
  kind: 'try',
  ...(cameraId === undefined ? {} : { cameraId }),
  ...(entry.task === 'parking' || entry.roomId === '' ? {} : { roomId: entry.roomId }),
  ...addressOf(entry),
});

/** `true` when there is something to try. */
export const canTry = (entry: CameraEntry, cameraId: string | undefined): boolean =>
  entry.source !== '' || cameraId !== undefined;
