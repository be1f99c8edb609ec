import type { Board } from '@vigie/contracts/evacuation';
import { useTranslation } from 'react-i18next';
import { type Headline, headlineOf, type RoomsSum, rangeText } from '../rooms/index.ts';

interface BoardTotalsProps {
  sum: RoomsSum;
  frozen: RoomsSum;
  /** Rooms by what is held of them. */
  rooms: { contradiction: number; swept: number; empty: number };
  board: Pick<Board, 'tally'>;
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
  ] as const;
  return (
    <section className="board-totals" data-testid="board-totals">
      <div className={`board-total board-total-${headlineOf(sum).kind}`}>
        <HeadlineText headline={headlineOf(sum)} />
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
      <Assembled tally={board.tally} />
    </section>
  );
}

/** How many stand outside, and whether that adds up. */
function Assembled({ tally: { kind, people, assembled } }: Pick<Board, 'tally'>) {
  const { t } = useTranslation('alarm');
  if (kind === 'not-counted') return null;
  const isWrong = kind === 'missing' || kind === 'more';
  return (
    <div className={`board-total board-total-${isWrong ? 'wrong' : 'assembled'}`} data-tally={kind}>
      <span className="board-figure">{assembled}</span>
      <span className="board-total-word">{t('assembled', { count: assembled })}</span>
      <span className="board-total-note">{t(`tally.${kind}`, { count: people })}</span>
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
