import type { DisplayState, LegendDay, PaletteView } from '@vigie/contracts/parking';
import { inkOn, type LampFace, seenAs, type Vision } from '@vigie/palette';
import { useTranslation } from 'react-i18next';
import { useTimeStyle } from '../../platform/react.tsx';
import { BollardFace } from './bollard-face.tsx';
import { Lamp } from './lamp.tsx';

/** Whose eyes look, and at what. */
export interface Shown {
  vision: Vision;
  on: 'screen' | 'lamp';
}

/** Every day of the period as it is seen. */
export function PaletteLegend({ legend, shown }: { legend: LegendDay[]; shown: Shown }) {
  const { t } = useTranslation('parking');
  return (
    <section className="section" aria-label={t('legend')}>
      <ol className="legend">
        {legend.map((line) => (
          <li key={line.day} className="legend-cell">
            <DayLook line={line} isLast={line.day === legend.length} shown={shown} />
            <span className="legend-name">
              <ColourName line={line} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The name that a person would give the colour, in the language of the page. */
export function ColourName({ line }: { line: LegendDay }) {
  const { language } = useTimeStyle();
  return language === 'fr' ? line.nameFr : line.nameEn;
}

interface DayLookProps {
  line: LegendDay;
  isLast: boolean;
  shown: Shown;
}

/** One day's colour with its number. */
export function DayLook({ line: { day, colour }, isLast, shown: { vision, on } }: DayLookProps) {
  const number = `${day}${isLast ? '+' : ''}`;
  if (on === 'lamp') {
    return (
      <span className="legend-lamp">
        <Lamp face={isLast ? { kind: 'overstay' } : { kind: 'day', colour }} vision={vision} />
        <span>{number}</span>
      </span>
    );
  }
  const seen = seenAs(colour, vision);
  return (
    <span
      className={`legend-swatch${isLast ? ' legend-swatch-black' : ''}`}
      style={{ backgroundColor: seen, color: inkOn(seen) }}
    >
      {number}
    </span>
  );
}

const states = ['parked', 'overstay', 'free', 'unknown', 'fault'] as const;

/** All that a bollard can say, beside each other: on its screen and by its lamp. */
export function LampFaces({ view: { legend }, shown }: { view: PaletteView; shown: Shown }) {
  const { t } = useTranslation('parking');
  const first = legend[0]?.colour ?? '#000000';
  return (
    <section className="section">
      <h2>{t('faces')}</h2>
      <ul className="faces">
        {states.map((state) => (
          <li key={state} className="face-line">
            <BollardFace size="tile" display={screenOf(state, { first, days: legend.length })} />
            <Lamp face={lampOf(state, first)} vision={shown.vision} />
            <span>
              <strong>{t(`state.${state}`)}</strong>
              <span className="quiet small face-note">{t(`faceNote.${state}`)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function screenOf(state: DisplayState, { first, days }: { first: string; days: number }) {
  if (state === 'overstay') return { state, day: days, colour: '#000000', label: String(days) };
  if (state === 'free' || state === 'fault') return { state, day: null, colour: null, label: '' };
  return { state, day: 1, colour: first, label: '1' };
}

function lampOf(state: DisplayState, colour: string): LampFace {
  if (state === 'parked') return { kind: 'day', colour };
  if (state === 'unknown') return { kind: 'unknown', colour };
  return { kind: state };
}
