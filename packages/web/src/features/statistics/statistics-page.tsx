import IconChartHistogram from '@tabler/icons-react/icons/IconChartHistogram';
import { useQuery } from '@tanstack/react-query';
import type { ParkingStatistics } from '@vigie/contracts/parking-statistics';
import { useTranslation } from 'react-i18next';
import { Answer, Empty, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { useApi, useTimeStyle } from '../../platform/react.tsx';
import { durationText } from '../../platform/time.ts';
import { useParkingNow } from '../parking/index.ts';
import { Lengths, Outcomes, Sensors } from './counts.tsx';
import { townOf } from './figures.ts';
import { percentText } from './format.ts';
import { Occupancy } from './occupancy.tsx';
import { datesOf, type StatisticsSearch } from './period.ts';
import { PeriodBar } from './period-bar.tsx';
import { statisticsQuery } from './queries.ts';
import { Zones } from './zones.tsx';
import './statistics.css';

interface StatisticsPageProps {
  search: StatisticsSearch;
  onSearch: (search: StatisticsSearch) => void;
}

/** The manager's view: how full, for how long, what became of the cases, how the sensors are. */
export function StatisticsPage({ search, onSearch }: StatisticsPageProps) {
  const { t } = useTranslation(['statistics', 'parking']);
  const nowMs = useParkingNow();
  const { timeZone } = useTimeStyle();
  const dates = datesOf(search, nowMs, timeZone);
  const query = useQuery(statisticsQuery(useApi(), { ...dates, zone: search.zone }));
  return (
    <Page title={t('title')} back={{ to: '/parking', text: t('parking:title') }}>
      <PeriodBar search={search} dates={dates} onSearch={onSearch} />
      <Answer query={query} waiting={<Waiting rows={3} height={180} />}>
        {(data) => <Statistics data={data} />}
      </Answer>
    </Page>
  );
}

function Statistics({ data }: { data: ParkingStatistics }) {
  const { t } = useTranslation('statistics');
  const town = townOf(data.zones);
  if (town.spaces === 0) return <Nothing text={t('noSpaces')} hint={t('noSpacesHint')} />;
  if (town.share === null) {
    return (
      <>
        <Nothing text={t('nothing')} hint={t('nothingHint')} />
        <Sensors data={data} />
      </>
    );
  }
  return (
    <>
      <Headline town={town} />
      <Occupancy data={data} />
      <Zones data={data} />
      <div className="figure-pair">
        <Lengths data={data} />
        <div>
          <Outcomes data={data} />
          <Sensors data={data} />
        </div>
      </div>
    </>
  );
}

const Nothing = ({ text, hint }: { text: string; hint: string }) => (
  <div className="section">
    <Empty icon={<IconChartHistogram size={22} aria-hidden />} text={text} hint={hint} />
  </div>
);

/** The period in four numbers. */
function Headline({ town }: { town: ReturnType<typeof townOf> }) {
  const { t } = useTranslation('statistics');
  const { language } = useTimeStyle();
  const figures = [
    { name: t('headline.share'), figure: percentText(town.share, language) },
    { name: t('headline.stays'), figure: town.stays.toLocaleString(language) },
    {
      name: t('headline.mean'),
      figure: town.meanMs === null ? '—' : durationText(town.meanMs, language),
    },
    { name: t('headline.overstays'), figure: town.overstays.toLocaleString(language) },
  ];
  return (
    <dl className="headline" data-testid="headline">
      {figures.map(({ name, figure }) => (
        <div key={name} className="card">
          <dt className="quiet">{name}</dt>
          <dd>{figure}</dd>
        </div>
      ))}
    </dl>
  );
}
