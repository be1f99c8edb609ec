import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle';
import IconBattery1 from '@tabler/icons-react/icons/IconBattery1';
import IconCircleCheck from '@tabler/icons-react/icons/IconCircleCheck';
import IconCircleDashed from '@tabler/icons-react/icons/IconCircleDashed';
import { type ParkingStatistics, SensorState } from '@vigie/contracts/parking-statistics';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../face/notice.tsx';
import { useTimeStyle } from '../../platform/react.tsx';
import { type Bar, BarTable } from './bar-table.tsx';
import { Figure } from './figure.tsx';
import { lengthsOver } from './figures.ts';
import { classLimits } from './format.ts';

interface CountsProps {
  title: string;
  hint: string;
  nameHeading: string;
  file: string;
  bars: Bar[];
  none: string;
}

/** Counts as bars with their file; an empty one says so. */
function Counts({ title, hint, nameHeading, file, bars, none }: CountsProps) {
  const { t } = useTranslation('statistics');
  const rows = () => [['name', 'count'], ...bars.map(({ name, count }) => [name, count])];
  return (
    <Figure title={title} hint={hint} file={{ name: file, rows }}>
      {bars.some(({ count }) => count > 0) ? (
        <BarTable title={title} nameHeading={nameHeading} countHeading={t('count')} bars={bars} />
      ) : (
        <Empty text={none} />
      )}
    </Figure>
  );
}

/** How long the stays lasted that ended in the period. */
export function Lengths({ data }: { data: ParkingStatistics }) {
  const { t } = useTranslation('statistics');
  const { language } = useTimeStyle();
  const nameOf = (index: number): string => {
    const { from, to } = classLimits(index, language);
    if (from === undefined) return t('upTo', { to });
    return to === undefined ? t('beyond', { from }) : t('between', { from, to });
  };
  return (
    <Counts
      title={t('lengths')}
      hint={t('lengthsHint')}
      nameHeading={t('length')}
      file={`durees-${data.from}-${data.to}`}
      none={t('lengthsNone')}
      bars={lengthsOver(data.zones).map((count, index) => {
        const name = nameOf(index);
        return { key: name, name, count };
      })}
    />
  );
}

/** What became of the cases that were opened in the period. */
export function Outcomes({ data }: { data: ParkingStatistics }) {
  const { t } = useTranslation(['statistics', 'cases']);
  if (data.outcomes === null) return null;
  return (
    <Counts
      title={t('outcomes')}
      hint={t('outcomesHint')}
      nameHeading={t('outcome')}
      file={`dossiers-${data.from}-${data.to}`}
      none={t('outcomesNone')}
      bars={data.outcomes.map(({ outcome, count }) => ({
        key: outcome ?? 'awaited',
        name: outcome === null ? t('awaited') : t(`cases:status.${outcome}`),
        count,
      }))}
    />
  );
}

const shapes: Record<SensorState, typeof IconBattery1> = {
  ok: IconCircleCheck,
  'battery-low': IconBattery1,
  offline: IconAlertTriangle,
  'never-heard': IconCircleDashed,
};

/** How the sensors are now. */
export function Sensors({ data }: { data: ParkingStatistics }) {
  const { t } = useTranslation('statistics');
  const { sensors } = data;
  if (sensors === null) return null;
  return (
    <Counts
      title={t('sensors')}
      hint={t('sensorsHint')}
      nameHeading={t('health')}
      file="capteurs"
      none={t('sensorsNone')}
      bars={SensorState.options.map((health) => {
        const Shape = shapes[health];
        return {
          key: health,
          name: t(`health.${health}`),
          shape: <Shape size={17} aria-hidden />,
          count: sensors[health],
        };
      })}
    />
  );
}
