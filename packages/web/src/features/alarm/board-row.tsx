import type { BoardRoom, RoomView } from '@vigie/contracts/evacuation';
import { useTranslation } from 'react-i18next';
import { Around, TimeOfDay } from '../../face/moment.tsx';
import { useTimeStyle } from '../../platform/react.tsx';
import {
  countOf,
  driftText,
  estimateTexts,
  type RoomFace,
  rangeText,
  warningsIn,
} from '../rooms/index.ts';
import { confirmationOf, frozenFace } from './board.ts';

interface BoardRowProps {
  row: BoardRoom;
  face: RoomFace;
  /** As registered; none while they are not known. */
  cameras: RoomView['cameras'];
}

/** One room: its state now, its name, and what is known about it since T0. */
export function BoardRow({ row, face, cameras }: BoardRowProps) {
  const { room } = row;
  return (
    <li
      className={`board-row board-row-${face.state}`}
      data-testid={`board-room-${room.id}`}
      data-state={face.state}
      data-count={countOf(face)}
    >
      <Now face={face} />
      <span className="board-room">
        <span className="board-room-name">{room.name}</span>
        {room.floor && <span className="board-room-floor">{room.floor}</span>}
      </span>
      <span className="board-frozen">
        <Frozen face={frozenFace(row)} />
      </span>
      <span className="board-note">
        <Note row={row} face={face} />
        {face.state !== 'unknown' && <Doubt row={row} cameras={cameras} />}
      </span>
    </li>
  );
}

function Now({ face }: { face: RoomFace }) {
  const { t } = useTranslation('alarm');
  if (face.state === 'people')
    return <span className="board-now board-now-people">{rangeText(face.min, face.max)}</span>;
  if (face.state === 'empty')
    return <span className="board-now board-now-empty">{t('room.empty')}</span>;
  return <span className="board-now board-now-unknown">{t('room.unknown')}</span>;
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
function Note({ row, face }: { row: BoardRoom; face: RoomFace }) {
  const { t } = useTranslation(['alarm', 'rooms']);
  const confirmation = confirmationOf(face, row.confirmedEmptyAt);
  if (confirmation.kind === 'confirmed' || confirmation.kind === 'came-back') {
    const text = confirmation.kind === 'confirmed' ? 'emptySince' : 'cameBack';
    return (
      <Around text={t(text, { when: '\0' })}>
        <TimeOfDay at={confirmation.at} />
      </Around>
    );
  }
  return (
    <>
      {face.state === 'unknown' && `${t(`rooms:reason.${face.reason}`)} · ${t('room.goLook')} · `}
      {face.state === 'unknown' &&
        row.live.doors?.isWatched &&
        `${t('rooms:doors.say', { people: driftText(row.live.doors) })} · `}
      {confirmation.kind === 'not-confirmed' && `${t('notConfirmed')} · `}
      {row.live.lastSeenAt ? (
        <Around text={t('seenAt', { when: '\0' })}>
          <TimeOfDay at={row.live.lastSeenAt} />
        </Around>
      ) : (
        t('neverSeen')
      )}
    </>
  );
}
