import type { Commissioning, Estimate } from '@vigie/contracts/commissioning';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../face/notice.tsx';
import { useTimeStyle } from '../../platform/react.tsx';
import { estimateTexts } from '../rooms/index.ts';

/** Moments from which on an error is more than provisional. */
const ENOUGH = 20;
const FIGURES = [
  { name: 'meanError', unit: 'people' },
  { name: 'bias', unit: 'people' },
  { name: 'missRate', unit: 'share' },
  { name: 'falseEmptyRate', unit: 'share' },
  { name: 'inRange', unit: 'share' },
] as const;

/** What was measured of the camera, each figure with its interval. */
export function AccuracyFigures({ commissioning: { accuracy } }: { commissioning: Commissioning }) {
  const { t } = useTranslation('commissioning');
  return (
    <section className="section">
      <h2>{t('accuracy')}</h2>
      {accuracy ? (
        <>
          <dl className="commissioning-figures">
            {FIGURES.map(({ name, unit }) => (
              <Figure key={name} label={t(name)} estimate={accuracy[name]} unit={unit} />
            ))}
          </dl>
          <p className="quiet small">
            {accuracy.moments < ENOUGH && `${t('provisional')} `}
            {accuracy.unknown > 0 && t('unknown', { count: accuracy.unknown })}
          </p>
        </>
      ) : (
        <Empty text={t('tooFew')} />
      )}
    </section>
  );
}

interface FigureProps {
  label: string;
  estimate: Estimate | null;
  unit: 'people' | 'share';
}

function Figure({ label, estimate, unit }: FigureProps) {
  const { t } = useTranslation('commissioning');
  const { language } = useTimeStyle();
  const texts = estimate && estimateTexts(estimate, unit, language);
  return (
    <div className="card">
      <dt>
        {label}
        {texts && (
          <span className="quiet small">{t('interval', { low: texts.low, high: texts.high })}</span>
        )}
      </dt>
      <dd>{texts ? texts.value : '—'}</dd>
    </div>
  );
}
