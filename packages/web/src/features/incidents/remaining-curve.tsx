import type { IncidentReport, RemainingPoint } from '@vigie/contracts/report';
import { useTranslation } from 'react-i18next';
import { stopwatchText } from '../../platform/time.ts';
import { stepPath } from './step-path.ts';

const size = { width: 600, height: 160 };

/** The people remaining over time: a strong line for the least, a thin one for the most, which breaks off where no upper limit is known. */
export function RemainingCurve({ report }: { report: IncidentReport }) {
  const { t } = useTranslation('incidents');
  const { curve, durationSeconds } = report;
  const most = Math.max(1, ...curve.map(({ min, max }) => max ?? min));
  const scale = { ...size, seconds: Math.max(1, durationSeconds), people: most };
  const last = curve.at(-1);
  return (
    <figure className="curve">
      <svg
        viewBox={`0 0 ${size.width} ${size.height}`}
        role="img"
        aria-label={t('curveSays', { people: report.start.people, end: endText(last) })}
        preserveAspectRatio="none"
      >
        <title>{t('curve')}</title>
        <path className="curve-max" d={stepPath(curve, 'max', scale)} />
        <path className="curve-min" d={stepPath(curve, 'min', scale)} />
      </svg>
      <figcaption className="quiet small">
        <span>0 – {most}</span>
        <span>
          {t('atLeast')} / {t('atMost')}
        </span>
        <span>{stopwatchText(durationSeconds * 1000)}</span>
      </figcaption>
    </figure>
  );
}

const endText = (point: RemainingPoint | undefined): string =>
  point ? `${point.min}–${point.max ?? '?'}` : '?';
