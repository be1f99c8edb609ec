import IconDownload from '@tabler/icons-react/icons/IconDownload';
import IconPlayerPlay from '@tabler/icons-react/icons/IconPlayerPlay';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { IncidentReport, ReportMoment, ReportPeriod } from '@vigie/contracts/report';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TimeOfDay } from '../../face/moment.tsx';
import { Answer, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { ScrollTable } from '../../face/scroll-table.tsx';
import { useApi, useTimeStyle } from '../../platform/react.tsx';
import { exactTime, stopwatchText } from '../../platform/time.ts';
import { rangeText } from '../rooms/index.ts';
import { Observations } from './observations.tsx';
import { reportQuery } from './queries.ts';
import { RemainingCurve } from './remaining-curve.tsx';
import { Signatures } from './signatures.tsx';
import './incidents.css';

/** What is left of an incident: its figures, what people saw, and the way to paper. */
export function ReportPage({ incidentId }: { incidentId: string }) {
  const { t } = useTranslation('incidents');
  const report = useQuery(reportQuery(useApi(), incidentId));
  return (
    <Page
      title={t('report')}
      back={{ to: '/register', text: t('register') }}
      actions={<Actions incidentId={incidentId} />}
    >
      <Answer query={report} waiting={<Waiting rows={5} height={120} />}>
        {(data) => <Body report={data} />}
      </Answer>
    </Page>
  );
}

function Actions({ incidentId }: { incidentId: string }) {
  const { t } = useTranslation('incidents');
  const { language } = useTimeStyle();
  const path = `/api/v1/incidents/${encodeURIComponent(incidentId)}/report`;
  return (
    <div className="page-actions">
      <Link to="/incidents/$incidentId/replay" params={{ incidentId }} className="page-action">
        <IconPlayerPlay size={18} aria-hidden />
        {t('replay')}
      </Link>
      {(['pdf', 'csv'] as const).map((form) => (
        <a
          key={form}
          className="page-action"
          href={`${path}.${form}?language=${language}`}
          download
        >
          <IconDownload size={18} aria-hidden />
          {form.toUpperCase()}
        </a>
      ))}
      <a className="page-action" href={path} download={`vigie-${incidentId}.json`}>
        <IconDownload size={18} aria-hidden />
        JSON
      </a>
    </div>
  );
}

function Body({ report }: { report: IncidentReport }) {
  const { t } = useTranslation('incidents');
  return (
    <>
      <Facts report={report} />
      <Section title={t('curve')}>
        <RemainingCurve report={report} />
      </Section>
      <NeverConfirmed report={report} />
      <Section title={t('observations')}>
        <Observations report={report} />
      </Section>
      <Section title={t('rooms')}>
        <RoomPeriods report={report} />
      </Section>
      <Section title={t('signatures')}>
        <Signatures report={report} />
      </Section>
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="section">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Facts({ report }: { report: IncidentReport }) {
  const { t } = useTranslation(['incidents', 'alarm']);
  const style = useTimeStyle();
  const { incident, out } = report;
  const rows: [string, ReactNode][] = [
    [t('building'), incident.buildingName],
    [t('kind'), t(`alarm:kind.${incident.kind}`)],
    [t('start'), `${exactTime(Date.parse(incident.startedAt), style)} · ${incident.startedBy}`],
    [
      t('end'),
      incident.endedAt
        ? `${exactTime(Date.parse(incident.endedAt), style)} · ${incident.endedBy ?? ''}`
        : t('goesOn'),
    ],
    [t('duration'), stopwatchText(report.durationSeconds * 1000)],
    [
      t('atStart'),
      `${t('people', { count: report.start.people })} · ${t('unknownRooms', { count: report.start.roomsUnknown })}`,
    ],
    [t('out.half'), <After key="half" moment={out.half} />],
    [t('out.ninety'), <After key="ninety" moment={out.ninety} />],
    [t('out.all'), <After key="all" moment={out.all} />],
    [t('firstOut'), <After key="first" moment={report.firstOut} />],
    [t('lastOut'), <After key="last" moment={report.lastOut} />],
  ];
  return (
    <dl className="facts card">
      {rows.map(([name, value]) => (
        <div key={name} className="report-fact">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A time since T0; what was never reached, or what nobody knows, is said so. */
function After({ moment }: { moment: ReportMoment | null }) {
  const { t } = useTranslation('incidents');
  if (!moment) return <>{t('never')}</>;
  return (
    <>
      {stopwatchText(moment.seconds * 1000)} (<TimeOfDay at={moment.at} />)
    </>
  );
}

function NeverConfirmed({ report }: { report: IncidentReport }) {
  const { t } = useTranslation('incidents');
  const names = report.rooms
    .filter(({ room }) => report.neverConfirmed.includes(room.id))
    .map(({ room }) => room.name);
  return (
    <Section title={t('neverConfirmed')}>
      <p>{names.length === 0 ? t('none') : <strong>{names.join(' · ')}</strong>}</p>
    </Section>
  );
}

function RoomPeriods({ report }: { report: IncidentReport }) {
  const { t } = useTranslation('incidents');
  return (
    <ScrollTable label={t('rooms')}>
      <thead>
        <tr>
          <th scope="col">{t('room')}</th>
          <th scope="col">{t('from')}</th>
          <th scope="col">{t('until')}</th>
          <th scope="col">{t('state')}</th>
          <th scope="col" className="number">
            {t('count')}
          </th>
        </tr>
      </thead>
      <tbody>
        {report.rooms.flatMap(({ room, periods }) =>
          periods.map((period, i) => (
            <tr key={`${room.id} ${period.from} ${period.state}`}>
              <td>{i === 0 ? <strong>{room.name}</strong> : room.name}</td>
              <td>
                <TimeOfDay at={period.from} />
              </td>
              <td>
                <TimeOfDay at={period.until} />
              </td>
              <td>
                <StateText period={period} />
              </td>
              <td className="number">
                {period.count !== null && rangeText(period.min ?? period.count, period.max)}
              </td>
            </tr>
          )),
        )}
      </tbody>
    </ScrollTable>
  );
}

function StateText({ period: { state, reason } }: { period: ReportPeriod }) {
  const { t } = useTranslation(['incidents', 'rooms']);
  if (state !== 'unknown') return <>{t(`state.${state}`)}</>;
  const why =
    reason === 'not-recorded' || reason === null ? t('notRecorded') : t(`rooms:reason.${reason}`);
  return (
    <strong>
      {t('state.unknown')} · {why}
    </strong>
  );
}
