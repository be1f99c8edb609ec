import type { IncidentReport } from '@vigie/contracts/report';
import { useTranslation } from 'react-i18next';
import { TimeOfDay } from '../../face/moment.tsx';
import { marksOf, type ReplayMark, shareOf } from './replay-marks.ts';

interface ReplayMarksProps {
  report: IncidentReport;
  /** Since T0, milliseconds. */
  placeMs: number;
  onPlace: (placeMs: number) => void;
}

/** What happened, as signs along the bar, one step back or on, and as a list. */
export function ReplayMarks({ report, placeMs, onPlace }: ReplayMarksProps) {
  const { t } = useTranslation('alarm');
  const { startedAt } = report.incident;
  const marks = marksOf(report);
  const placeOf = ({ at }: ReplayMark) => Math.max(0, Date.parse(at) - Date.parse(startedAt));
  const before = marks.findLast((mark) => placeOf(mark) < placeMs);
  const next = marks.find((mark) => placeOf(mark) > placeMs);
  const now = marks.findLast((mark) => placeOf(mark) <= placeMs);
  return (
    <div className="replay-marks">
      <Signs report={report} marks={marks} />
      <div className="replay-steps">
        {([before, next] as const).map((mark, i) => (
          <button
            key={i === 0 ? 'before' : 'next'}
            type="button"
            className="board-leave"
            disabled={!mark}
            onClick={() => mark && onPlace(placeOf(mark))}
          >
            {t(i === 0 ? 'mark.before' : 'mark.next')}
          </button>
        ))}
        <output>{now && <MarkText mark={now} />}</output>
      </div>
      <details>
        <summary>{t('mark.all', { count: marks.length })}</summary>
        <ol>
          {marks.map((mark) => (
            <li key={JSON.stringify(mark)}>
              <button type="button" className="board-action" onClick={() => onPlace(placeOf(mark))}>
                <MarkText mark={mark} />
              </button>
            </li>
          ))}
        </ol>
      </details>
    </div>
  );
}

const shapes: Record<ReplayMark['kind'], string> = {
  input: '▲',
  sweep: '✓',
  contradiction: '◪',
  override: '✎',
  assembly: '●',
  blind: '',
};

/** For the eye alone: the list says the same in words. */
function Signs({ report, marks }: Pick<ReplayMarksProps, 'report'> & { marks: ReplayMark[] }) {
  const { incident, until } = report;
  const share = (at: string) => shareOf(at, incident.startedAt, until) * 100;
  return (
    <div className="replay-signs" aria-hidden>
      {marks.map((mark) => (
        <span
          key={JSON.stringify(mark)}
          className={`replay-sign replay-sign-${mark.kind}`}
          style={{
            left: `${share(mark.at)}%`,
            ...(mark.until ? { width: `${share(mark.until) - share(mark.at)}%` } : {}),
          }}
        >
          {shapes[mark.kind]}
        </span>
      ))}
    </div>
  );
}

function MarkText({ mark }: { mark: ReplayMark }) {
  return (
    <>
      <TimeOfDay at={mark.at} /> {useMarkText()(mark)}
    </>
  );
}

function useMarkText(): (mark: ReplayMark) => string {
  const { t, i18n } = useTranslation(['alarm', 'rooms']);
  return (mark) => {
    switch (mark.kind) {
      case 'input':
        return `${i18n.exists(`alarm:mark.${mark.what}`) ? t(`mark.${mark.what as 'started'}`) : mark.what} (${mark.by})`;
      case 'sweep':
        return t('mark.sweep', {
          room: mark.name,
          who: mark.by,
          found: t(`found.${mark.result}`, { count: mark.people }),
        });
      case 'contradiction':
        return t(`mark.contradiction.${mark.said}`, { room: mark.name, who: mark.by });
      case 'override':
        return t('mark.override', { room: mark.name, who: mark.by, reason: mark.reason });
      case 'assembly':
        return t('mark.assembly', { point: mark.name, who: mark.by, count: mark.people });
      case 'blind':
        return t('mark.blind', {
          room: mark.name,
          camera: mark.cameraId,
          why: i18n.exists(`rooms:health.${mark.why}`)
            ? t(`rooms:health.${mark.why as 'lost'}`)
            : mark.why,
        });
    }
  };
}
