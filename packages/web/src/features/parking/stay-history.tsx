import { Button } from '@mantine/core';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import type { LegendDay, SpaceDetail, Stay } from '@vigie/contracts/parking';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { csvFrom, saveCsv } from '../../face/csv.ts';
import { Moment } from '../../face/moment.tsx';
import { ScrollTable } from '../../face/scroll-table.tsx';
import { useTimeStyle } from '../../platform/react.tsx';
import { durationText } from '../../platform/time.ts';
import { useParkingNow } from './queries.ts';
import { StayNotes } from './stay-notes.tsx';
import { barsOf, colourReached, isWhollySeen, lengthOf } from './stays.ts';

/** What happened on this space: a plot for the eye, the table behind it, the file for the spreadsheet. */
export function StayHistory({ space }: { space: SpaceDetail }) {
  const { t } = useTranslation(['parking', 'face']);
  if (space.stays.length === 0) {
    return (
      <section className="section">
        <h2>{t('history')}</h2>
        <p className="quiet">{t('historyNone')}</p>
      </section>
    );
  }
  return (
    <section className="section">
      <div className="section-line">
        <h2 className="section-title">{t('history')}</h2>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() => saveCsv(`${space.id}.csv`, csvOf(space))}
        >
          {t('face:exportCsv')}
        </Button>
      </div>
      <div className="card">
        <StayPlot space={space} />
        <StayTable space={space} />
      </div>
    </section>
  );
}

const csvOf = ({ stays }: SpaceDetail): string =>
  csvFrom([
    ['since', 'until', 'days', 'arrival_inferred', 'silences'],
    ...stays.map(({ since, until, days, isArrivalInferred, gaps }) => [
      ...[since, until ?? '', days],
      ...[String(isArrivalInferred), gaps.length],
    ]),
  ]);

function StayPlot({ space }: { space: SpaceDetail }) {
  const { t } = useTranslation(['parking', 'face']);
  const nowMs = useParkingNow();
  const { allowedDays } = space.zone;
  const { bars, limitShare } = barsOf(space.stays, {
    allowedDays,
    legend: space.legend,
    most: 40,
    nowMs,
  });
  return (
    <div className="stay-plot" role="img" aria-label={t('plotLabel')}>
      <div className="stay-plot-limit" style={{ bottom: `${limitShare * 100}%` }}>
        <span>{t('plotLimit', { count: allowedDays })}</span>
      </div>
      {bars.map(({ stay, share, colour }) => (
        <span
          key={stay.id}
          className={`stay-bar${stay.until === null ? ' stay-bar-now' : ''}`}
          style={{ height: `${Math.max(share * 100, 1.5)}%`, backgroundColor: colour }}
        />
      ))}
    </div>
  );
}

const FIRST = 8;

function StayTable({ space: { stays, legend } }: { space: SpaceDetail }) {
  const { t } = useTranslation(['parking', 'face']);
  const nowMs = useParkingNow();
  const [all, setAll] = useState(false);
  const shown = all ? stays : stays.slice(0, FIRST);
  return (
    <>
      <ScrollTable label={t('history')}>
        <thead>
          <tr>
            <th scope="col">{t('since')}</th>
            <th scope="col">{t('departure')}</th>
            <th scope="col" className="number">
              {t('duration')}
            </th>
            <th scope="col" className="number">
              {t('days')}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((stay) => (
            <StayRows key={stay.id} stay={stay} legend={legend} nowMs={nowMs} />
          ))}
        </tbody>
      </ScrollTable>
      {!all && stays.length > FIRST && (
        <Button m="sm" variant="subtle" onClick={() => setAll(true)}>
          {t('face:showMore', { count: stays.length - FIRST })}
        </Button>
      )}
    </>
  );
}

interface StayRowsProps {
  stay: Stay;
  legend: readonly LegendDay[];
  nowMs: number;
}

/** A stay, and below it what its sensor missed: within reach on a phone, too. */
function StayRows({ stay, legend, nowMs }: StayRowsProps) {
  const { t } = useTranslation('parking');
  const { language } = useTimeStyle();
  const { since, until, days } = stay;
  return (
    <>
      <tr className={isWhollySeen(stay) ? undefined : 'stay-noted'}>
        <td>
          <Moment at={since} nowMs={nowMs} />
        </td>
        <td>{until ? <Moment at={until} nowMs={nowMs} /> : <strong>{t('stillThere')}</strong>}</td>
        <td className="number">{durationText(lengthOf(stay, nowMs), language)}</td>
        <td className="number">
          <span className="day-dot" style={{ background: colourReached(days, legend) }} />
          {days}
        </td>
      </tr>
      {!isWhollySeen(stay) && (
        <tr>
          <td colSpan={4}>
            <StayNotes stay={stay} nowMs={nowMs} />
          </td>
        </tr>
      )}
    </>
  );
}
