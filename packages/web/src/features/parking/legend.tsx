import type { LegendDay, SpaceDetail } from '@vigie/contracts/parking';
import { inkOn } from '@vigie/palette';
import { useTranslation } from 'react-i18next';
import { useTimeStyle } from '../../platform/react.tsx';

/** Every day with its colour, number and name; the day of now is marked by a frame and a word. */
export function Legend({ space: { legend, display } }: { space: SpaceDetail }) {
  const { t } = useTranslation('parking');
  const day = display.day === null ? 0 : Math.min(display.day, legend.length);
  return (
    <section className="section">
      <h2>{t('legend')}</h2>
      <ol className="legend">
        {legend.map((line) => (
          <LegendCell
            key={line.day}
            line={line}
            isNow={line.day === day}
            isLast={line.day === legend.length}
          />
        ))}
      </ol>
    </section>
  );
}

interface LegendCellProps {
  line: LegendDay;
  isNow: boolean;
  isLast: boolean;
}

function LegendCell({ line, isNow, isLast }: LegendCellProps) {
  const { t } = useTranslation('parking');
  const { language } = useTimeStyle();
  return (
    <li className="legend-cell" aria-current={isNow ? 'date' : undefined}>
      <span
        className={`legend-swatch${isLast ? ' legend-swatch-black' : ''}`}
        style={{ backgroundColor: line.colour, color: inkOn(line.colour) }}
      >
        {line.day}
        {isLast && '+'}
      </span>
      <span className="legend-name">{language === 'fr' ? line.nameFr : line.nameEn}</span>
      {isNow && <span className="legend-now">{t('today')}</span>}
    </li>
  );
}
