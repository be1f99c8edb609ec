import type { Board } from '@vigie/contracts/evacuation';
import { useTranslation } from 'react-i18next';
import { type Headline, headlineOf, type RoomsSum, rangeText } from '../rooms/index.ts';

interface BoardTotalsProps {
  sum: RoomsSum;
  frozen: RoomsSum;
  /** Rooms by what is held of them. */
  rooms: { contradiction: number; swept: number; empty: number; neverConfirmed: number };
  board: Pick<Board, 'tally' | 'assembled'>;
}

/** The building in a few figures; unknown rooms as loud as people. */
export function BoardTotals({ sum, frozen, rooms, board }: BoardTotalsProps) {
  const { t } = useTranslation('alarm');
  const unknown = sum.unknown - Math.min(sum.unknown, rooms.contradiction);
  const figures = [
    { kind: 'contradiction', count: rooms.contradiction, note: t('lookAgain') },
    { kind: 'unknown', count: unknown, note: t('sum.goLook') },
    { kind: 'empty', count: rooms.empty, note: '' },
    { kind: 'swept', count: rooms.swept, note: '' },
    { kind: 'neverConfirmed', count: rooms.neverConfirmed, note: t('sum.sinceAlarm') },
  ] as const;
  return (
    <section className="board-totals" data-testid="board-totals">
      <div className={`board-total board-total-${headlineOf(sum).kind}`}>
        <HeadlineText headline={headlineOf(sum)} />
        {sum.withPeople > 0 && (
          <span className="board-total-note">{t('head.rooms', { count: sum.withPeople })}</span>
        )}
        <span className="board-total-note">
          <FrozenText headline={headlineOf(frozen)} />
        </span>
      </div>
      {figures
        .filter(({ count }) => count > 0)
        .map(({ kind, count, note }) => (
          <div key={kind} className={`board-total board-total-rooms-${kind}`}>
            <span className="board-figure">{count}</span>
            <span className="board-total-word">{t(`sum.${kind}`, { count })}</span>
            {note && <span className="board-total-note">{note}</span>}
          </div>
        ))}
      <Assembled board={board} />
    </section>
  );
}

/** How many stand outside, and whether that adds up. */
function Assembled({ board }: Pick<BoardTotalsProps, 'board'>) {
  const { t } = useTranslation('alarm');
  const { kind, people, assembled, seen } = board.tally;
  if (kind === 'not-counted') return null;
  const uncounted = board.assembled.filter((point) => point.people === null && !point.seen);
  const isWrong = kind === 'missing' || kind === 'more';
  return (
    <div className={`board-total board-total-${isWrong ? 'wrong' : 'assembled'}`} data-tally={kind}>
      <span className="board-figure">{assembled}</span>
      <span className="board-total-word">{t('assembled', { count: assembled })}</span>
      <span className="board-total-note">{t(`tally.${kind}`, { count: people })}</span>
      {seen && (
        <span className="board-total-note">
          {t('tally.seen', { people: rangeText(seen.min, seen.max) })}
        </span>
      )}
      {uncounted.length > 0 && (
        <span className="board-total-note">
          {t('tally.uncounted', { points: uncounted.map(({ point }) => point).join(', ') })}
        </span>
      )}
    </div>
  );
}

function HeadlineText({ headline }: { headline: Headline }) {
  const { t } = useTranslation('alarm');
  switch (headline.kind) {
    case 'seen':
      return (
        <>
          <span className="board-figure">{rangeText(headline.min, headline.max)}</span>
          <span className="board-total-word">{t('head.people', { count: headline.max })}</span>
        </>
      );
    case 'at-least':
      return (
        <>
          <span className="board-figure">
            <span className="board-at-least">{t('head.atLeast')} </span>
            {headline.people}
          </span>
          <span className="board-total-word">{t('head.people', { count: headline.people })}</span>
        </>
      );
    default:
      return (
        <>
          <span className="board-sentence">
            {t(headline.kind === 'unknown' ? 'head.unknown' : 'head.nobody')}
          </span>
          <span className="board-total-word">{t('head.goLook')}</span>
        </>
      );
  }
}

/** What was known at T0, in the same honest words. */
function FrozenText({ headline }: { headline: Headline }) {
  const { t } = useTranslation('alarm');
  switch (headline.kind) {
    case 'seen':
      return t('head.frozen', { people: rangeText(headline.min, headline.max) });
    case 'at-least':
      return t('head.frozenAtLeast', { people: headline.people });
    case 'unknown':
      return t('head.frozenUnknown');
    case 'nobody-seen':
      return t('head.frozenNobody');
  }
}

/** The cameras that do not see, by name: their rooms miss what they should watch. */
export function BlindCameras({
  board: { blind, rooms },
}: {
  board: Pick<Board, 'blind' | 'rooms'>;
}) {
  const { t, i18n } = useTranslation(['alarm', 'rooms']);
  if (blind.length === 0) return null;
  const whyOf = (health: string) =>
    i18n.exists(`rooms:health.${health}`) ? t(`rooms:health.${health as 'lost'}`) : health;
  const roomOf = (id: string) => rooms.find(({ room }) => room.id === id)?.room.name ?? id;
  return (
    <details className="board-blind" open={blind.length <= MOST_NAMED}>
      <summary>{t('blind', { count: blind.length })}</summary>
      <ul>
        {blind.map(({ cameraId, name, roomId, health }) => (
          <li key={cameraId}>
            <strong>{name}</strong> ({roomOf(roomId)}) : {whyOf(health)}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** More names than these would push the rooms down; they wait behind their number. */
const MOST_NAMED = 4;
