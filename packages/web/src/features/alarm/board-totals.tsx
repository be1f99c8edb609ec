import { useTranslation } from 'react-i18next';
import { type Headline, headlineOf, type RoomsSum, rangeText } from '../rooms/index.ts';

/** The building in three figures; unknown rooms as loud as people. */
export function BoardTotals({ sum, frozen }: { sum: RoomsSum; frozen: RoomsSum }) {
  const { t } = useTranslation('alarm');
  return (
    <section className="board-totals" data-testid="board-totals">
      <div className={`board-total board-total-${headlineOf(sum).kind}`}>
        <HeadlineText headline={headlineOf(sum)} />
        <span className="board-total-note">
          <FrozenText headline={headlineOf(frozen)} />
        </span>
      </div>
      {sum.unknown > 0 && (
        <div className="board-total board-total-rooms-unknown">
          <span className="board-figure">{sum.unknown}</span>
          <span className="board-total-word">{t('sum.unknown', { count: sum.unknown })}</span>
          <span className="board-total-note">{t('sum.goLook')}</span>
        </div>
      )}
      {sum.empty > 0 && (
        <div className="board-total board-total-rooms-empty">
          <span className="board-figure">{sum.empty}</span>
          <span className="board-total-word">{t('sum.empty', { count: sum.empty })}</span>
        </div>
      )}
    </section>
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
