import type { ParkingStatistics, ZoneStatistics } from '@vigie/contracts/parking-statistics';
import { useTranslation } from 'react-i18next';
import { ScrollTable } from '../../face/scroll-table.tsx';
import { useTimeStyle } from '../../platform/react.tsx';
import { durationText } from '../../platform/time.ts';
import { zoneRows } from './export.ts';
import { Figure } from './figure.tsx';
import { byOccupancy, shareOf, together } from './figures.ts';
import { percentText } from './format.ts';

const numbers = ['spaces', 'share', 'stays', 'overstays', 'median', 'mean', 'p90'] as const;

/** The zones beside each other in figures. */
export function Zones({ data }: { data: ParkingStatistics }) {
  const { t } = useTranslation('statistics');
  return (
    <Figure
      title={t('zones')}
      hint={t('zonesHint')}
      file={{ name: `zones-${data.from}-${data.to}`, rows: () => zoneRows(data) }}
    >
      <ScrollTable label={t('zones')}>
        <thead>
          <tr>
            <th scope="col">{t('zone')}</th>
            {numbers.map((name) => (
              <th key={name} scope="col" className="number">
                {t(`column.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {byOccupancy(data.zones).map((zone) => (
            <ZoneRow key={zone.zoneId} zone={zone} />
          ))}
        </tbody>
      </ScrollTable>
    </Figure>
  );
}

function ZoneRow({ zone }: { zone: ZoneStatistics }) {
  const { language } = useTimeStyle();
  const length = (ms: number | undefined) => (ms === undefined ? '—' : durationText(ms, language));
  const cells = {
    spaces: zone.spaces,
    share: percentText(shareOf(together(zone.occupancy)), language),
    stays: zone.stays,
    overstays: zone.overstays,
    median: length(zone.lengthMs?.median),
    mean: length(zone.lengthMs?.mean),
    p90: length(zone.lengthMs?.p90),
  };
  return (
    <tr>
      <th scope="row">{zone.zoneName}</th>
      {numbers.map((name) => (
        <td key={name} className="number">
          {cells[name]}
        </td>
      ))}
    </tr>
  );
}
