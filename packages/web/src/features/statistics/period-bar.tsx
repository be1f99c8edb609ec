import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { StatisticsQuery } from '@vigie/contracts/parking-statistics';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../platform/react.tsx';
import { zonesQuery } from '../parking/index.ts';
import { periodDays, type StatisticsSearch } from './period.ts';

interface PeriodBarProps {
  search: StatisticsSearch;
  /** The dates that the search stands for. */
  dates: { from: string; to: string };
  onSearch: (search: StatisticsSearch) => void;
}

/** Which days and which zone. */
export function PeriodBar({ search, dates, onSearch }: PeriodBarProps) {
  const { t } = useTranslation('statistics');
  const zone = search.zone ? { zone: search.zone } : {};
  return (
    <div className="filter-bar period-bar">
      <fieldset className="palette-choice">
        <legend className="visually-hidden">{t('period')}</legend>
        {periodDays.map((days) => (
          <button
            key={days}
            type="button"
            className="filter-state"
            aria-pressed={search.days === days}
            onClick={() => onSearch({ days, ...zone })}
          >
            {t(`last.${days}`)}
          </button>
        ))}
      </fieldset>
      <OwnDates
        key={`${dates.from} ${dates.to}`}
        dates={dates}
        onDates={(own) => onSearch({ ...own, ...zone })}
      />
      <ZoneChoice search={search} onSearch={onSearch} />
    </div>
  );
}

interface OwnDatesProps {
  dates: { from: string; to: string };
  onDates: (dates: { from: string; to: string }) => void;
}

/** Dates of one's own; they are looked at as soon as they make a period. */
function OwnDates({ dates, onDates }: OwnDatesProps) {
  const { t } = useTranslation('statistics');
  const [typed, setTyped] = useState(dates);
  const isPeriod = StatisticsQuery.safeParse(typed).success;
  const change = (changed: { from: string; to: string }) => {
    setTyped(changed);
    if (StatisticsQuery.safeParse(changed).success) onDates(changed);
  };
  return (
    <div className="period-own">
      {(['from', 'to'] as const).map((end) => (
        <TextInput
          key={end}
          type="date"
          label={t(end)}
          value={typed[end]}
          error={end === 'to' && !isPeriod ? t('noPeriod') : undefined}
          onChange={({ currentTarget: { value } }) => change({ ...typed, [end]: value })}
        />
      ))}
    </div>
  );
}

function ZoneChoice({ search, onSearch }: Pick<PeriodBarProps, 'search' | 'onSearch'>) {
  const { t } = useTranslation('parking');
  const zones = useQuery(zonesQuery(useApi()));
  const { zone: _, ...anyZone } = search;
  return (
    <NativeSelect
      label={t('zone')}
      value={search.zone ?? ''}
      onChange={({ currentTarget: { value } }) =>
        onSearch(value ? { ...anyZone, zone: value } : anyZone)
      }
      data={[
        { value: '', label: t('everyZone') },
        ...(zones.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  );
}
