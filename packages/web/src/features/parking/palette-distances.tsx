import type { LegendDay, PaletteView } from '@vigie/contracts/parking';
import { closestPairs, type Pair, VISIONS } from '@vigie/palette';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ScrollTable } from '../../face/scroll-table.tsx';
import { useTimeStyle } from '../../platform/react.tsx';
import { apartOf } from './apart.ts';
import { ColourName, DayLook, type Shown } from './palette-legend.tsx';

interface PairsProps {
  view: PaletteView;
  shown: Shown;
}

/** The two pairs that these eyes are most likely to confuse, by name. */
export function ClosestPairs({ view: { legend }, shown }: PairsProps) {
  const { t } = useTranslation('parking');
  const pairs = useMemo(
    () =>
      closestPairs(
        legend.map(({ colour }) => colour),
        shown.vision,
        2,
      ),
    [legend, shown.vision],
  );
  return (
    <section className="section">
      <h2>{t('closest')}</h2>
      <ul className="pairs">
        {pairs.map((pair) => (
          <PairLine key={pair.days.join('-')} pair={pair} legend={legend} shown={shown} />
        ))}
      </ul>
    </section>
  );
}

function PairLine({
  pair,
  legend,
  shown,
}: {
  pair: Pair;
  legend: readonly LegendDay[];
  shown: Shown;
}) {
  const { t } = useTranslation('parking');
  const lines = pair.days.flatMap((day) => legend[day - 1] ?? []);
  return (
    <li className="card pair">
      {lines.map((line) => (
        <span key={line.day} className="pair-day">
          <DayLook line={line} isLast={line.day === legend.length} shown={shown} />
          <span className="legend-name">
            <ColourName line={line} />
          </span>
        </span>
      ))}
      <span className="pair-word">
        <strong>{t(`apart.${apartOf(pair.deltaE00)}`)}</strong>
        <span className="quiet small">
          ΔE₀₀ <Figure value={pair.deltaE00} />
        </span>
      </span>
    </li>
  );
}

/** The figures for those who want them: any two colours, and one day to the next. */
export function Distances({ view }: { view: PaletteView }) {
  const { t } = useTranslation('parking');
  return (
    <section className="section">
      <h2>{t('distances')}</h2>
      <p className="quiet small">{t('distancesHint')}</p>
      <ScrollTable label={t('distances')}>
        <thead>
          <tr>
            <th scope="col">{t('visionLabel')}</th>
            <th scope="col" className="number">
              {t('anyTwo')}
            </th>
            <th scope="col" className="number">
              {t('nextDay')}
            </th>
          </tr>
        </thead>
        <tbody>
          {VISIONS.map((vision) => (
            <tr key={vision}>
              <th scope="row">{t(`vision.${vision}`)}</th>
              <td className="number">
                <Figure value={view.leastDeltaE00[vision]} />
              </td>
              <td className="number">
                <Figure value={view.nextDayDeltaE00[vision]} />
              </td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
      <p className="quiet small">{t('version', { version: view.version })}</p>
    </section>
  );
}

function Figure({ value }: { value: number }) {
  const { language } = useTimeStyle();
  return value.toLocaleString(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}
