import { Button } from '@mantine/core';
import { civilDateAt } from '@vigie/contracts/parking-days';
import type { ParkingStatistics, ZoneStatistics } from '@vigie/contracts/parking-statistics';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ScrollTable } from '../../face/scroll-table.tsx';
import { useTimeStyle } from '../../platform/react.tsx';
import { shortDate } from '../../platform/time.ts';
import { occupancyRows } from './export.ts';
import { Figure } from './figure.tsx';
import { byOccupancy, shareOf } from './figures.ts';
import { bucketText, percentText } from './format.ts';
import { SharePlot } from './share-plot.tsx';

/** So many plots are seen at once; the rest are a tap away. */
const atOnce = 8;

/** How full each zone was over time, the fullest first: one small plot a zone, all on the same scale. */
export function Occupancy({ data }: { data: ParkingStatistics }) {
  const { t } = useTranslation(['statistics', 'face']);
  const [limit, setLimit] = useState(atOnce);
  const zones = byOccupancy(data.zones);
  return (
    <Figure
      title={t('occupancy')}
      hint={t(`occupancyHint.${data.step}`)}
      file={{ name: `occupation-${data.from}-${data.to}`, rows: () => occupancyRows(data) }}
    >
      <div className="share-plots">
        {zones.slice(0, limit).map((zone) => (
          <ZonePlot key={zone.zoneId} data={data} zone={zone} />
        ))}
      </div>
      {zones.length > limit && (
        <Button m="md" variant="default" onClick={() => setLimit(limit + atOnce)}>
          {t('face:showMore', { count: Math.min(atOnce, zones.length - limit) })}
        </Button>
      )}
      <details className="figure-table">
        <summary>{t('asTable')}</summary>
        <OccupancyTable data={data} zones={zones.slice(0, limit)} />
      </details>
    </Figure>
  );
}

interface ZonePlotProps {
  data: ParkingStatistics;
  zone: ZoneStatistics;
}

function ZonePlot({ data: { starts, step }, zone }: ZonePlotProps) {
  const { t } = useTranslation('statistics');
  const style = useTimeStyle();
  const shares = zone.occupancy.map(shareOf);
  const shortTimeOf = (index: number) =>
    shortDate(civilDateAt(new Date(starts[index] ?? 0), style.timeZone), style.language);
  return (
    <SharePlot
      title={zone.zoneName}
      shares={shares}
      timeOf={(index) => bucketText(starts[index] ?? '', step, style)}
      shortTimeOf={shortTimeOf}
      shareAt={(index) => {
        const share = shares[index] ?? null;
        return share === null ? t('notObserved') : percentText(share, style.language);
      }}
    />
  );
}

function OccupancyTable({ data, zones }: { data: ParkingStatistics; zones: ZoneStatistics[] }) {
  const { t } = useTranslation('statistics');
  const style = useTimeStyle();
  return (
    <ScrollTable label={t('occupancy')}>
      <thead>
        <tr>
          <th scope="col">{t('time')}</th>
          {zones.map(({ zoneId, zoneName }) => (
            <th key={zoneId} scope="col" className="number">
              {zoneName}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data.starts.map((at, index) => (
          <tr key={at}>
            <th scope="row">{bucketText(at, data.step, style)}</th>
            {zones.map(({ zoneId, occupancy }) => {
              const time = occupancy[index];
              return (
                <td key={zoneId} className="number">
                  {percentText(time ? shareOf(time) : null, style.language)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}
