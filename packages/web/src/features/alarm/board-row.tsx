import IconCheck from '@tabler/icons-react/icons/IconCheck';
import type { BoardRoom, RoomView } from '@vigie/contracts/evacuation';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Around, Moment, TimeOfDay } from '../../face/moment.tsx';
import { useNow, useTimeStyle } from '../../platform/react.tsx';
import {
  countOf,
  driftText,
  estimateTexts,
  type RoomFace,
  rangeText,
  warningsIn,
} from '../rooms/index.ts';
import { confirmationOf, frozenFace } from './board.ts';
import type { StandingFace } from './standing.ts';

/** A room with all that is known of it now. */
export interface ShownRoom {
  row: BoardRoom;
  /** By cameras alone. */
  face: RoomFace;
  /** By cameras and wardens. */
  standing: StandingFace;
  /** As registered; none while they are not known. */
  cameras: RoomView['cameras'];
}

interface BoardRowProps extends ShownRoom {
  /** What can be done about the room. */
  actions?: ReactNode;
}

/** By which id a room's line is found on the page. */
export const rowId = (roomId: string): string => `board-row-${roomId}`;

/** One room: its state now, its name, and what is known about it since T0. */
export function BoardRow({ row, face, standing, cameras, actions }: BoardRowProps) {
  const { room } = row;
  return (
    <li
      id={rowId(room.id)}
      tabIndex={-1}
      className={`board-row board-row-${standing.kind}`}
      data-testid={`board-room-${room.id}`}
      data-state={standing.kind}
      data-count={countOf(face)}
    >
      <Now standing={standing} />
      <span className="board-room">
        <span className="board-room-name">{room.name}</span>
        {room.floor && <span className="board-room-floor">{room.floor}</span>}
      </span>
      <span className="board-frozen">
        <Frozen face={frozenFace(row)} />
      </span>
      <span className="board-note">
        <Note row={row} face={face} standing={standing} />
        {standing.kind !== 'unknown' && <Doubt row={row} cameras={cameras} />}
      </span>
      {actions}
    </li>
  );
}

/** The state of a room in one figure or word, told apart by shape too. */
export function Now({ standing }: { standing: StandingFace }) {
  const { t } = useTranslation('alarm');
  const { kind } = standing;
  if (kind === 'people')
    return (
      <span className="board-now board-now-people">{rangeText(standing.min, standing.max)}</span>
    );
  return (
    <span className={`board-now board-now-${kind}`}>
      {kind === 'swept' && <IconCheck size={34} stroke={3} aria-hidden />}
      {t(`room.${kind}`)}
    </span>
  );
}

function Frozen({ face }: { face: RoomFace }) {
  const { t } = useTranslation('alarm');
  if (face.state === 'people') return t('t0.people', { people: rangeText(face.min, face.max) });
  return t(`t0.${face.state}`);
}

/** What hampers the cameras now, and how far the worst of them was measured to be from the truth. */
function Doubt({ row, cameras }: Pick<BoardRowProps, 'row' | 'cameras'>) {
  const { t } = useTranslation(['alarm', 'rooms']);
  const { language } = useTimeStyle();
  const [worst] = cameras
    .flatMap(({ accuracy }) => accuracy?.meanError ?? [])
    .sort((a, b) => b.value - a.value);
  const texts = [
    ...warningsIn(row.live).map((one) => t(`rooms:warning.${one}`)),
    ...(worst ? [t('measuredError', estimateTexts(worst, 'people', language))] : []),
  ];
  return texts.length > 0 && <span className="board-doubt">{texts.join(' · ')}</span>;
}

/** The one thing to know beside the number. */
function Note({ row, face, standing }: Pick<BoardRowProps, 'row' | 'face' | 'standing'>) {
  const { t } = useTranslation('alarm');
  switch (standing.kind) {
    case 'swept':
      return (
        <At
          text={t(standing.reason === null ? 'sweptBy' : 'overriddenBy', {
            who: standing.by,
            when: '\0',
            reason: standing.reason ?? '',
          })}
          at={standing.at}
        />
      );
    case 'contradiction':
      return (
        <>
          <At
            text={t(`said.${standing.said}`, { who: standing.by, when: '\0' })}
            at={standing.sweptAt}
          />
          {' · '}
          <At text={t(`butSeen.${standing.said}`, { when: '\0' })} at={standing.seenAt} />
          {` · ${t('lookAgain')}`}
        </>
      );
    case 'people':
      if (standing.by !== null && standing.at !== null)
        return <At text={t('said.people', { who: standing.by, when: '\0' })} at={standing.at} />;
      return <CameraNote row={row} face={face} />;
    default:
      return (
        <>
          <CameraNote row={row} face={face} />
          <NotEntered row={row} />
        </>
      );
  }
}

const At = ({ text, at }: { text: string; at: string }) => (
  <Around text={text}>
    <TimeOfDay at={at} />
  </Around>
);

/** Somebody was there and could not look. */
function NotEntered({ row: { sweep } }: Pick<BoardRowProps, 'row'>) {
  const { t } = useTranslation('alarm');
  if (sweep?.result !== 'not-entered') return null;
  return (
    <>
      {' · '}
      <At text={t('notEnteredBy', { who: sweep.by, when: '\0' })} at={sweep.madeAt} />
    </>
  );
}

function CameraNote({ row, face }: Pick<BoardRowProps, 'row' | 'face'>) {
  const { t } = useTranslation(['alarm', 'rooms']);
  const nowMs = useNow();
  const confirmation = confirmationOf(face, row.confirmedEmptyAt);
  if (confirmation.kind === 'confirmed' || confirmation.kind === 'came-back') {
    const text = confirmation.kind === 'confirmed' ? 'emptySince' : 'cameBack';
    return <At text={t(text, { when: '\0' })} at={confirmation.at} />;
  }
  return (
    <>
      {face.state === 'unknown' && `${t(`rooms:reason.${face.reason}`)} · ${t('room.goLook')} · `}
      {face.state === 'unknown' &&
        row.live.doors?.isWatched &&
        `${t('rooms:doors.say', { people: driftText(row.live.doors) })} · `}
      {confirmation.kind === 'not-confirmed' && `${t('notConfirmed')} · `}
      {row.live.lastSeenAt ? (
        <>
          <At text={t('seenAt', { when: '\0' })} at={row.live.lastSeenAt} />
          {' ('}
          <Moment at={row.live.lastSeenAt} nowMs={nowMs} />
          {')'}
        </>
      ) : (
        t('neverSeen')
      )}
    </>
  );
}
