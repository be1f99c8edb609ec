import { Button, NativeSelect, TextInput } from '@mantine/core';
import IconChartHistogram from '@tabler/icons-react/icons/IconChartHistogram';
import IconMapPins from '@tabler/icons-react/icons/IconMapPins';
import IconPalette from '@tabler/icons-react/icons/IconPalette';
import IconParking from '@tabler/icons-react/icons/IconParking';
import IconSearch from '@tabler/icons-react/icons/IconSearch';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { DisplayState, SpaceView } from '@vigie/contracts/parking';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer, Empty, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { useApi } from '../../platform/react.tsx';
import { spacesQuery, useParkingNow, zonesQuery } from './queries.ts';
import { SpaceTile } from './space-tile.tsx';
import { countByState, groupByNeed, type SpaceFilter, spacesMatching } from './spaces.ts';
import { ZoneStrips } from './zone-strips.tsx';
import './parking.css';

interface ParkingPageProps {
  filter: SpaceFilter;
  onFilter: (filter: SpaceFilter) => void;
}

/** All spaces: what needs somebody first. */
export function ParkingPage({ filter, onFilter }: ParkingPageProps) {
  const { t } = useTranslation(['parking', 'statistics', 'zones']);
  const spaces = useQuery(spacesQuery(useApi()));
  return (
    <Page
      title={t('title')}
      actions={
        <div className="page-actions">
          <Link to="/parking/statistics" search={{ days: 30 }} className="page-action">
            <IconChartHistogram size={18} aria-hidden />
            {t('statistics:title')}
          </Link>
          <Link to="/colours" search={{ days: 60 }} className="page-action">
            <IconPalette size={18} aria-hidden />
            {t('colours')}
          </Link>
          <Link to="/zones" className="page-action">
            <IconMapPins size={18} aria-hidden />
            {t('zones:title')}
          </Link>
        </div>
      }
    >
      <Answer query={spaces} waiting={<Waiting rows={6} height={86} />}>
        {(all) =>
          all.length === 0 ? (
            <Empty
              icon={<IconParking size={22} aria-hidden />}
              text={t('none')}
              hint={t('noneHint')}
            />
          ) : (
            <Spaces all={all} filter={filter} onFilter={onFilter} />
          )
        }
      </Answer>
    </Page>
  );
}

function Spaces({ all, filter, onFilter }: ParkingPageProps & { all: SpaceView[] }) {
  const { t } = useTranslation('parking');
  const { state: _, ...anyState } = filter;
  const inView = spacesMatching(all, anyState);
  const shown = spacesMatching(inView, filter);
  const groups = groupByNeed(shown);
  return (
    <>
      <ZoneStrips spaces={inView} />
      <FilterBar filter={filter} onFilter={onFilter} spaces={inView} />
      {shown.length === 0 && (
        <div className="section">
          <Empty text={t('noneFound')} hint={t('noneFoundHint')} />
          <Button mt="md" variant="default" onClick={() => onFilter({})}>
            {t('clearFilter')}
          </Button>
        </div>
      )}
      <Group title={t('now')} spaces={groups.now} />
      <Group title={t('parked')} hint={t('parkedHint')} spaces={groups.parked} />
      <Group title={t('free')} spaces={groups.free} />
    </>
  );
}

const states = ['overstay', 'parked', 'unknown', 'fault', 'free'] as const;

function FilterBar({ filter, onFilter, spaces }: ParkingPageProps & { spaces: SpaceView[] }) {
  const { t } = useTranslation('parking');
  const zones = useQuery(zonesQuery(useApi()));
  const counts = countByState(spaces);
  const { state: _s, ...anyState } = filter;
  const { zone: _z, ...anyZone } = filter;
  const { q: _q, ...anyText } = filter;
  const withState = (state: DisplayState | undefined) =>
    onFilter(state ? { ...anyState, state } : anyState);
  return (
    <div className="filter-bar">
      <TextInput
        type="search"
        className="filter-search"
        aria-label={t('search')}
        placeholder={t('search')}
        leftSection={<IconSearch size={18} aria-hidden />}
        value={filter.q ?? ''}
        onChange={({ currentTarget: { value } }) =>
          onFilter(value ? { ...anyText, q: value } : anyText)
        }
      />
      <NativeSelect
        aria-label={t('zone')}
        value={filter.zone ?? ''}
        onChange={({ currentTarget: { value } }) =>
          onFilter(value ? { ...anyZone, zone: value } : anyZone)
        }
        data={[
          { value: '', label: t('everyZone') },
          ...(zones.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as one line everywhere */}
      <div className="filter-states" role="group" aria-label={t('filter.label')}>
        <StateButton
          text={t('filter.all')}
          count={spaces.length}
          pressed={!filter.state}
          onPress={() => withState(undefined)}
        />
        {states.map((state) => (
          <StateButton
            key={state}
            text={t(`filter.${state}`)}
            count={counts[state]}
            pressed={filter.state === state}
            onPress={() => withState(filter.state === state ? undefined : state)}
          />
        ))}
      </div>
    </div>
  );
}

interface StateButtonProps {
  text: string;
  count: number;
  pressed: boolean;
  onPress: () => void;
}

const StateButton = ({ text, count, pressed, onPress }: StateButtonProps) => (
  <button type="button" className="filter-state" aria-pressed={pressed} onClick={onPress}>
    {text} <span className="filter-count">{count}</span>
  </button>
);

/** Ten thousand tiles at once would stop a thin client. */
const AT_ONCE = 120;

function Group({ title, hint, spaces }: { title: string; hint?: string; spaces: SpaceView[] }) {
  const { t } = useTranslation('face');
  const [limit, setLimit] = useState(AT_ONCE);
  const nowMs = useParkingNow();
  if (spaces.length === 0) return null;
  const more = Math.min(AT_ONCE, spaces.length - limit);
  return (
    <section className="section">
      <h2>
        {title} <span className="section-count">{spaces.length}</span>
        {hint && <span className="section-count small">{hint}</span>}
      </h2>
      <ul className="space-grid">
        {spaces.slice(0, limit).map((space) => (
          <SpaceTile key={space.id} space={space} nowMs={nowMs} />
        ))}
      </ul>
      {more > 0 && (
        <Button mt="md" variant="default" onClick={() => setLimit(limit + AT_ONCE)}>
          {t('showMore', { count: more })}
        </Button>
      )}
    </section>
  );
}
