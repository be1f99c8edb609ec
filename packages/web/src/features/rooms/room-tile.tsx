import { Link } from '@tanstack/react-router';
import type { RoomView } from '@vigie/contracts/evacuation';
import { useTranslation } from 'react-i18next';
import { Around, Moment, TimeOfDay } from '../../face/moment.tsx';
import {
  faceOf,
  type RoomFace,
  rangeText,
  staleAfterMs,
  type Viewpoint,
  warningsIn,
} from './face.ts';
import './rooms.css';

/** What may be said of this room now. */
export const faceOfRoom = (room: RoomView, view: Viewpoint): RoomFace =>
  faceOf(room.live, staleAfterMs(room.cameras), view);

/** The number a machine may read: empty while it is unknown. */
export const countOf = (face: RoomFace): number | '' =>
  face.state === 'people' ? face.count : face.state === 'empty' ? 0 : '';

/** One room on the wall. */
export function RoomTile({ room, view }: { room: RoomView; view: Viewpoint }) {
  const face = faceOfRoom(room, view);
  return (
    <li>
      <Link
        to="/rooms/$roomId"
        params={{ roomId: room.id }}
        className={`room-tile room-tile-${face.state}`}
        data-testid={`room-${room.id}`}
        data-state={face.state}
        data-count={countOf(face)}
      >
        <span className="room-tile-name">{room.name}</span>
        <FaceText face={face} />
        <FaceAge face={face} lastSeenAt={room.live.lastSeenAt} nowMs={view.nowMs} />
        <Warnings room={room} face={face} />
      </Link>
    </li>
  );
}

/** The state in big letters: the number, "seen empty", or UNKNOWN. */
export function FaceText({ face }: { face: RoomFace }) {
  const { t } = useTranslation('rooms');
  if (face.state === 'people') {
    return (
      <span className="room-tile-figure">
        {rangeText(face.min, face.max)}
        <span className="room-tile-unit">
          {t(face.max === null ? 'peopleAtLeast' : 'peopleSeen', { count: face.max ?? face.min })}
        </span>
      </span>
    );
  }
  if (face.state === 'empty') return <span className="room-tile-word">{t('seenEmpty')}</span>;
  return <span className="room-tile-word room-tile-loud">{t('unknown')}</span>;
}

/** What hampers the cameras while they count; an unknown room says its reason instead. */
export function Warnings({ room, face }: { room: Pick<RoomView, 'live'>; face: RoomFace }) {
  const { t } = useTranslation('rooms');
  const warnings = face.state === 'unknown' ? [] : warningsIn(room.live);
  if (warnings.length === 0) return null;
  return (
    <span className="room-tile-warning">
      {warnings.map((one) => t(`warning.${one}`)).join(', ')}
    </span>
  );
}

interface FaceAgeProps {
  face: RoomFace;
  lastSeenAt: string | null;
  nowMs: number;
}

/** How old the state is; for an unknown room why, and when somebody was last seen there. */
export function FaceAge({ face, lastSeenAt, nowMs }: FaceAgeProps) {
  const { t } = useTranslation('rooms');
  if (face.state === 'empty') {
    return (
      <span className="room-tile-age">
        <Around text={t('seenAt', { when: '\0' })}>
          <TimeOfDay at={face.at} />
        </Around>
      </span>
    );
  }
  if (face.state === 'people') {
    return (
      <span className="room-tile-age">
        <Around text={t('seen', { when: '\0' })}>
          <Moment at={face.at} nowMs={nowMs} />
        </Around>
      </span>
    );
  }
  return (
    <span className="room-tile-age">
      <span className="room-tile-reason">{t(`reason.${face.reason}`)}</span>
      {lastSeenAt && (
        <span>
          <Around text={t('lastSeen', { when: '\0' })}>
            <Moment at={lastSeenAt} nowMs={nowMs} />
          </Around>
        </span>
      )}
    </span>
  );
}
