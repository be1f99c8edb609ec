import { GapKind, type SetupGap } from '@vigie/contracts/setup';

/** What is looked at to find what a town lacks. */
export interface SetupFacts {
  /** Model files of each worker that is there. */
  workers: readonly { models: readonly unknown[] }[];
  rooms: readonly { name: string; cameras: number; isDrawn: boolean }[];
  parkingCameras: readonly { name: string; spaces: readonly unknown[] }[];
  zones: readonly { name: string; recipients: readonly unknown[] }[];
  administrators: readonly {
    name: string;
    hasSecondFactor: boolean;
    hasPasskey: boolean;
    isDisabled: boolean;
  }[];
  /** Bytes on the disk of the data folder. */
  freeBytes: number;
  now: Date;
  /** When the certificate of this server ends; `undefined`: it has none of its own. */
  certificateUntil: Date | undefined;
  settings: Settings;
}

interface Settings {
  SMTP_URL?: string | undefined;
  VIGIE_PUBLIC_URL?: string | undefined;
}

/** With less on the disk the database may stop. */
export const LEAST_FREE_BYTES = 2 ** 30;

/** A certificate that ends sooner is to be renewed, ms. */
const certificateWarnMs = 30 * 86_400_000;

const mostNames = 5;

/** What the configuration leaves out although a town needs it. */
export const settingGaps = ({ SMTP_URL, VIGIE_PUBLIC_URL }: Settings): GapKind[] => [
  ...(SMTP_URL ? [] : (['no-mail'] as const)),
  ...(VIGIE_PUBLIC_URL ? [] : (['no-public-address'] as const)),
];

/** What a town still lacks, most urgent first. */
export function gapsOf(facts: SetupFacts): SetupGap[] {
  const found = [...townGaps(facts), ...lackingGaps(facts)];
  return GapKind.options.flatMap((kind) => found.find((gap) => gap.kind === kind) ?? []);
}

/** What concerns the whole town. */
function townGaps(facts: SetupFacts): SetupGap[] {
  const { workers, rooms, parkingCameras, freeBytes, now, certificateUntil, settings } = facts;
  const cameras = parkingCameras.length + rooms.reduce((sum, room) => sum + room.cameras, 0);
  const isLacking: Partial<Record<GapKind, boolean>> = {
    'disk-full': freeBytes < LEAST_FREE_BYTES,
    'certificate-ending':
      certificateUntil !== undefined && +certificateUntil - +now < certificateWarnMs,
    'no-worker': workers.length === 0,
    'no-model': workers.length > 0 && workers.every(({ models }) => models.length === 0),
    'no-room': rooms.length === 0,
    'no-camera': cameras === 0,
  };
  const kinds = GapKind.options.filter((kind) => isLacking[kind]);
  return [...kinds, ...settingGaps(settings)].map((kind) => ({ kind, count: 1, names: [] }));
}

/** What some of many lack. Where there is no camera at all, that is said once. */
function lackingGaps({ rooms, parkingCameras, zones, administrators }: SetupFacts): SetupGap[] {
  const hasCameras = rooms.some(({ cameras }) => cameras > 0);
  return [
    ...gap('room-blind', hasCameras ? rooms.filter(({ cameras }) => cameras === 0) : []),
    ...gap(
      'room-undrawn',
      rooms.filter(({ isDrawn }) => !isDrawn),
    ),
    ...gap(
      'camera-idle',
      parkingCameras.filter(({ spaces }) => spaces.length === 0),
    ),
    ...gap(
      'zone-silent',
      zones.filter(({ recipients }) => recipients.length === 0),
    ),
    ...gap(
      'administrator-open',
      administrators.filter(
        ({ hasSecondFactor, hasPasskey, isDisabled }) =>
          !hasSecondFactor && !hasPasskey && !isDisabled,
      ),
    ),
  ];
}

function gap(kind: GapKind, lacking: readonly { name: string }[]): SetupGap[] {
  if (lacking.length === 0) return [];
  const names = lacking.slice(0, mostNames).map(({ name }) => name);
  return [{ kind, count: lacking.length, names }];
}
