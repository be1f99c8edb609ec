import { Button, NativeSelect, TextInput } from '@mantine/core';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { AuditAct, AuditPage as AuditAnswer, type AuditRow } from '@vigie/contracts/audit';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer, Empty, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { ScrollTable } from '../../face/scroll-table.tsx';
import { useApi, useTimeStyle } from '../../platform/react.tsx';
import { exactTime } from '../../platform/time.ts';
import { ChainState } from './chain-state.tsx';
import { type AuditFilter, auditQueryText } from './filter.ts';
import './audit.css';

const atOnce = 100;
const most = 500;
const anything: AuditFilter = { who: '', act: '', subject: '', from: '', until: '' };

/** Who did what, for the data-protection officer. */
export function AuditPage() {
  const { t } = useTranslation('audit');
  const api = useApi();
  const { timeZone } = useTimeStyle();
  const [filter, setFilter] = useState(anything);
  const [limit, setLimit] = useState(atOnce);
  const query = auditQueryText(filter, { timeZone, limit });
  const page = useQuery({
    queryKey: ['audit', query],
    queryFn: ({ signal }) => api.get(`/audit?${query}`, AuditAnswer, signal),
    placeholderData: keepPreviousData,
  });
  return (
    <Page title={t('title')} actions={<Downloads />}>
      <p className="quiet">{t('hint')}</p>
      <ChainState />
      <Filters filter={filter} onFilter={setFilter} />
      <Answer query={page} waiting={<Waiting rows={8} height={44} />}>
        {({ rows }) => (
          <>
            {rows.length === 0 ? <Empty text={t('none')} /> : <Rows rows={rows} />}
            {rows.length === limit && limit < most && (
              <Button mt="md" variant="default" onClick={() => setLimit(limit + atOnce)}>
                {t('more')}
              </Button>
            )}
          </>
        )}
      </Answer>
    </Page>
  );
}

function Downloads() {
  return (
    <div className="page-actions">
      {(['csv', 'jsonl'] as const).map((form) => (
        <a key={form} className="page-action" href={`/api/v1/audit.${form}`} download>
          <IconDownload size={18} aria-hidden />
          {form === 'csv' ? 'CSV' : 'JSON'}
        </a>
      ))}
    </div>
  );
}

interface FiltersProps {
  filter: AuditFilter;
  onFilter: (filter: AuditFilter) => void;
}

function Filters({ filter, onFilter }: FiltersProps) {
  const { t } = useTranslation('audit');
  const acts = AuditAct.options.map((act) => ({ value: act as string, label: t(`act.${act}`) }));
  const change = (part: Partial<AuditFilter>) => onFilter({ ...filter, ...part });
  return (
    <div className="audit-filters">
      <TextInput
        label={t('who')}
        value={filter.who}
        maxLength={80}
        onChange={({ currentTarget }) => change({ who: currentTarget.value })}
      />
      <NativeSelect
        label={t('act')}
        value={filter.act}
        onChange={({ currentTarget }) =>
          change({ act: AuditAct.safeParse(currentTarget.value).data ?? '' })
        }
        data={[{ value: '', label: t('anyAct') }, ...acts]}
      />
      <TextInput
        label={t('subject')}
        value={filter.subject}
        maxLength={200}
        onChange={({ currentTarget }) => change({ subject: currentTarget.value })}
      />
      {(['from', 'until'] as const).map((end) => (
        <TextInput
          key={end}
          type="date"
          label={t(end)}
          value={filter[end]}
          onChange={({ currentTarget }) => change({ [end]: currentTarget.value })}
        />
      ))}
    </div>
  );
}

function Rows({ rows }: { rows: readonly AuditRow[] }) {
  const { t } = useTranslation('audit');
  const style = useTimeStyle();
  return (
    <ScrollTable label={t('title')}>
      <thead>
        <tr>
          <th scope="col" className="number">
            {t('number')}
          </th>
          <th scope="col">{t('at')}</th>
          <th scope="col">{t('who')}</th>
          <th scope="col">{t('act')}</th>
          <th scope="col">{t('subject')}</th>
          <th scope="col">{t('details')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.seq}>
            <td className="number">{row.seq}</td>
            <td>{exactTime(Date.parse(row.at), style)}</td>
            <td>
              <Who row={row} />
            </td>
            <td>{t(`act.${row.act}`)}</td>
            <td className="audit-subject">
              {row.told.subjectName && <strong>{row.told.subjectName.value} </strong>}
              <span className="quiet">{row.subject}</span>
            </td>
            <td>
              <Details row={row} />
            </td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}

function Who({ row: { actor, told, commitments } }: { row: AuditRow }) {
  const { t } = useTranslation('audit');
  if (told.actorName) return <strong>{told.actorName.value}</strong>;
  if (actor === 'system') return t('system');
  if (actor === 'nobody') return <span className="quiet">{t('nobody')}</span>;
  return <span className="quiet">{commitments.actorName ? t('erased') : actor}</span>;
}

/** What else the row tells, one fact a line. */
function Details({ row: { told, details } }: { row: AuditRow }) {
  const { t } = useTranslation('audit');
  const facts: [string, string][] = Object.entries(details)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value)]);
  if (told.reason) facts.unshift([t('reason'), told.reason.value]);
  if (told.address) facts.push([t('address'), told.address.value]);
  return (
    <ul className="audit-facts">
      {facts.map(([name, value]) => (
        <li key={name}>
          <span className="quiet">{name}</span> {value}
        </li>
      ))}
    </ul>
  );
}
