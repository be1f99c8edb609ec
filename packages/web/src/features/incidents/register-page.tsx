import { NativeSelect, TextInput } from '@mantine/core';
import IconCalendarEvent from '@tabler/icons-react/icons/IconCalendarEvent';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IncidentKind } from '@vigie/contracts/evacuation';
import type { RegisterEntry, RegisterFilter } from '@vigie/contracts/report';
import { useTranslation } from 'react-i18next';
import { Answer, Empty, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { ScrollTable } from '../../face/scroll-table.tsx';
import { useApi, useTimeStyle } from '../../platform/react.tsx';
import { exactTime, stopwatchText } from '../../platform/time.ts';
import { DueList } from '../drills/index.ts';
import { buildingsQuery } from '../rooms/index.ts';
import { filterText, registerQuery } from './queries.ts';
import { filterOf, type RegisterSearch } from './search.ts';
import './incidents.css';

interface SearchProps {
  search: RegisterSearch;
  onSearch: (search: RegisterSearch) => void;
}

/** Drills and incidents as the inspector asks for them, and which building needs its next drill. */
export function RegisterPage({ search, onSearch }: SearchProps) {
  const { t } = useTranslation('incidents');
  const { timeZone } = useTimeStyle();
  const filter = filterOf(search, timeZone);
  const register = useQuery(registerQuery(useApi(), filter));
  return (
    <Page title={t('register')} actions={<Actions filter={filter} />}>
      <Answer query={register} waiting={<Waiting rows={4} height={90} />}>
        {({ entries, drills }) => (
          <>
            <DueList due={drills} />
            <Filters search={search} onSearch={onSearch} />
            {entries.length === 0 ? <Empty text={t('noEntries')} /> : <Entries entries={entries} />}
          </>
        )}
      </Answer>
    </Page>
  );
}

function Actions({ filter }: { filter: RegisterFilter }) {
  const { t } = useTranslation('drills');
  const { language } = useTimeStyle();
  const query = filterText({ ...filter, language });
  return (
    <div className="page-actions">
      <Link to="/drills" className="page-action">
        <IconCalendarEvent size={18} aria-hidden />
        {t('title')}
      </Link>
      {(['pdf', 'csv'] as const).map((form) => (
        <a
          key={form}
          className="page-action"
          href={`/api/v1/safety-register.${form}?${query}`}
          download
        >
          <IconDownload size={18} aria-hidden />
          {form.toUpperCase()}
        </a>
      ))}
    </div>
  );
}

function Filters({ search, onSearch }: SearchProps) {
  const { t } = useTranslation(['incidents', 'alarm']);
  const buildings = useQuery(buildingsQuery(useApi())).data ?? [];
  const change = (part: Partial<RegisterSearch>) => onSearch({ ...search, ...part });
  const kinds = IncidentKind.options.map((kind) => ({
    value: kind,
    label: t(`alarm:kind.${kind}`),
  }));
  return (
    <div className="register-filters">
      <NativeSelect
        label={t('building')}
        value={search.building ?? ''}
        onChange={({ currentTarget }) => change({ building: currentTarget.value || undefined })}
        data={[
          { value: '', label: t('every') },
          ...buildings.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <NativeSelect
        label={t('kind')}
        value={search.kind ?? ''}
        onChange={({ currentTarget }) => {
          const kind = IncidentKind.safeParse(currentTarget.value);
          change({ kind: kind.success ? kind.data : undefined });
        }}
        data={[{ value: '', label: t('every') }, ...kinds]}
      />
      {(['from', 'until'] as const).map((end) => (
        <TextInput
          key={end}
          type="date"
          label={t(end)}
          value={search[end] ?? ''}
          onChange={({ currentTarget }) => change({ [end]: currentTarget.value || undefined })}
        />
      ))}
    </div>
  );
}

function Entries({ entries }: { entries: RegisterEntry[] }) {
  const { t } = useTranslation(['incidents', 'alarm']);
  return (
    <ScrollTable label={t('register')}>
      <thead>
        <tr>
          <th scope="col">{t('start')}</th>
          <th scope="col">{t('building')}</th>
          <th scope="col">{t('kind')}</th>
          <th scope="col" className="number">
            {t('duration')}
          </th>
          <th scope="col">{t('observations')}</th>
          <th scope="col">{t('signatures')}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <EntryRow key={entry.incident.id} entry={entry} />
        ))}
      </tbody>
    </ScrollTable>
  );
}

function EntryRow({ entry }: { entry: RegisterEntry }) {
  const { t } = useTranslation(['incidents', 'alarm']);
  const style = useTimeStyle();
  const { incident, durationSeconds, endReason, observations } = entry;
  return (
    <tr>
      <td>
        <Link to="/incidents/$incidentId/report" params={{ incidentId: incident.id }}>
          {exactTime(Date.parse(incident.startedAt), style)}
        </Link>
      </td>
      <td>{incident.buildingName}</td>
      <td>{t(`alarm:kind.${incident.kind}`)}</td>
      <td className="number">
        {durationSeconds === null ? t('goesOn') : stopwatchText(durationSeconds * 1000)}
      </td>
      <td>
        {[endReason ?? '', ...observations.map(({ by, text }) => `${by} : ${text}`)]
          .filter(Boolean)
          .join(' · ')}
      </td>
      <td>{t(entry.isSigned ? 'signed' : 'notSigned')}</td>
    </tr>
  );
}
