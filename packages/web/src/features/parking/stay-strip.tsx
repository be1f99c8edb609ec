import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle';
import IconCarFilled from '@tabler/icons-react/icons/IconCarFilled';
import IconCircleDashed from '@tabler/icons-react/icons/IconCircleDashed';
import IconSquareFilled from '@tabler/icons-react/icons/IconSquareFilled';
import type { SpaceDetail } from '@vigie/contracts/parking';
import { inkOn } from '@vigie/palette';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Moment } from '../../face/moment.tsx';
import { useTimeStyle } from '../../platform/react.tsx';
import { durationText } from '../../platform/time.ts';
import { useParkingNow } from './queries.ts';
import { type StayTimeline as Drawn, type TimelineStay, timelineOf } from './stay-timeline.ts';
import './map.css';

interface StayStripProps {
  stay: TimelineStay;
  space: Pick<SpaceDetail, 'zone' | 'legend'>;
}

/** A stay from arrival to now: the colours it went through, the times without news of the sensor, when black began. */
export function StayStrip({ stay, space: { zone, legend } }: StayStripProps) {
  const nowMs = useParkingNow();
  const drawn = timelineOf(stay, { zone, legend, nowMs });
  return (
    <>
      <Strip drawn={drawn} />
      <Points drawn={drawn} hasLeft={stay.until !== null} nowMs={nowMs} />
    </>
  );
}

/** Narrower days have no room for their number. */
const leastShareForNumber = 0.06;

function Strip({ drawn: { days, gaps } }: { drawn: Drawn }) {
  const { t } = useTranslation('parking');
  return (
    <div className="stay-strip" role="img" aria-label={t('stripOfStay', { count: days.length })}>
      {days.map(({ day, colour, isBlack, width }) => (
        <span
          key={day}
          className={`stay-strip-day${isBlack ? ' stay-strip-black' : ''}`}
          style={{ flexBasis: `${width * 100}%`, background: colour, color: inkOn(colour) }}
        >
          {width >= leastShareForNumber && `${day}${isBlack ? '+' : ''}`}
        </span>
      ))}
      {gaps.map(({ fromMs, start, width }) => (
        <span
          key={fromMs}
          className="stay-strip-gap"
          style={{ left: `${start * 100}%`, width: `${width * 100}%` }}
        />
      ))}
    </div>
  );
}

/** The strip in words, in the order of time. */
function Points({ drawn, hasLeft, nowMs }: { drawn: Drawn; hasLeft: boolean; nowMs: number }) {
  const { t } = useTranslation('parking');
  const { language } = useTimeStyle();
  const { sinceMs, untilMs, blackMs, gaps } = drawn;
  const points = [
    { atMs: sinceMs, shape: <IconCarFilled size={16} aria-hidden />, word: t('since') },
    ...gaps.map(({ fromMs, untilMs: endMs, goesOn }) => ({
      atMs: fromMs,
      shape: <IconAlertTriangle size={16} aria-hidden />,
      word: t(goesOn ? 'silentStill' : 'silent', {
        length: durationText(endMs - fromMs, language),
      }),
    })),
    ...(blackMs === undefined
      ? []
      : [{ atMs: blackMs, shape: <IconSquareFilled size={16} aria-hidden />, word: t('black') }]),
    ...(hasLeft
      ? [{ atMs: untilMs, shape: <IconCircleDashed size={16} aria-hidden />, word: t('departure') }]
      : []),
  ].sort((a, b) => a.atMs - b.atMs);
  return (
    <ol className="stay-points">
      {points.map(({ atMs, shape, word }) => (
        <Point key={`${atMs} ${word}`} atMs={atMs} nowMs={nowMs}>
          {shape}
          {word}
        </Point>
      ))}
    </ol>
  );
}

function Point({ atMs, nowMs, children }: { atMs: number; nowMs: number; children: ReactNode }) {
  return (
    <li>
      <span className="state">{children}</span>
      <Moment at={new Date(atMs).toISOString()} nowMs={nowMs} />
    </li>
  );
}
