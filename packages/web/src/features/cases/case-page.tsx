import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Case, CaseStep } from '@vigie/contracts/parking';
import { Channel } from '@vigie/contracts/recipients';
import { useTranslation } from 'react-i18next';
import { Moment } from '../../face/moment.tsx';
import { Answer, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { useApi } from '../../platform/react.tsx';
import {
  BollardFace,
  GeoLink,
  SpaceMap,
  SpaceSensors,
  StayStrip,
  spaceQuery,
  useParkingNow,
} from '../parking/index.ts';
import { CaseStatusWord, StepShape } from './case-status.tsx';
import { isRunning, outcomeOf } from './cases.ts';
import { caseQuery } from './queries.ts';
import { StepForm } from './step-form.tsx';
import { WhoIsTold } from './who-is-told.tsx';
import './cases.css';

/** One case: what, where, since when and why; what to do next; what was done. */
export function CasePage({ caseId }: { caseId: string }) {
  const { t } = useTranslation('cases');
  const query = useQuery(caseQuery(useApi(), caseId));
  const title = query.data ? t('case', { number: query.data.number }) : t('title');
  return (
    <Page title={title} back={{ to: '/cases', text: t('title') }}>
      <Answer query={query} waiting={<Waiting rows={2} height={220} />}>
        {(one) => (
          <div className="case-page">
            <Summary one={one} />
            <StepForm key={one.status} one={one} />
            <WhoIsTold one={one} />
            <Place one={one} />
            <StayOf one={one} />
            <Timeline steps={one.steps} />
          </div>
        )}
      </Answer>
    </Page>
  );
}

function Summary({ one }: { one: Case }) {
  const { t } = useTranslation('cases');
  const sentence = isRunning(one) ? 'sentence' : 'sentenceClosed';
  return (
    <section className="card case-summary" data-testid="case" data-status={one.status}>
      <div className="case-summary-head">
        <BollardFace
          size="tile"
          display={{ state: 'overstay', day: one.days, colour: '#000000', label: String(one.days) }}
        />
        <div>
          <CaseStatusWord one={one} />
          <p className="case-sentence">{t(sentence, { label: one.spaceLabel, count: one.days })}</p>
        </div>
      </div>
      <CaseFacts one={one} />
      <p className="quiet small case-hint">{t('hint')}</p>
    </section>
  );
}

function CaseFacts({ one }: { one: Case }) {
  const { t } = useTranslation(['cases', 'parking']);
  const nowMs = useParkingNow();
  const outcome = outcomeOf(one);
  const space = useQuery(spaceQuery(useApi(), one.spaceId)).data;
  return (
    <dl className="facts">
      <dt>{t('where')}</dt>
      <dd>
        <Link to="/parking/$spaceId" params={{ spaceId: one.spaceId }} title={t('see')}>
          {t('parking:space', { label: one.spaceLabel })}
        </Link>
        {one.address && `, ${one.address}`} <span className="quiet">({one.zoneName})</span>
        {space && space.latitude !== null && space.longitude !== null && (
          <>
            <br />
            <GeoLink latitude={space.latitude} longitude={space.longitude} />
          </>
        )}
      </dd>
      <dt>{t('since')}</dt>
      <dd>
        <Moment at={one.since} nowMs={nowMs} />
      </dd>
      <dt>{t('opened')}</dt>
      <dd>
        <Moment at={one.openedAt} nowMs={nowMs} />
      </dd>
      {outcome && (
        <>
          <dt>{t('outcome')}</dt>
          <dd>{t(`status.${outcome}`)}</dd>
        </>
      )}
      <dt>{t('why')}</dt>
      <dd>{space ? space.zone.legalBasis || t('noLegal') : '…'}</dd>
    </dl>
  );
}

/** Where to go. */
function Place({ one }: { one: Case }) {
  const { t } = useTranslation('parking');
  const space = useQuery(spaceQuery(useApi(), one.spaceId)).data;
  if (!space) return null;
  return (
    <section className="case-place">
      <h2 className="section-title">{t('map')}</h2>
      <SpaceMap space={space} />
    </section>
  );
}

/** What the case rests on: the stay day by day, and whether the sensor can be believed. */
function StayOf({ one }: { one: Case }) {
  const { t } = useTranslation('cases');
  const space = useQuery(spaceQuery(useApi(), one.spaceId)).data;
  if (!space) return null;
  const stay = space.stays.find(({ since }) => since === one.since);
  const closedAt = one.steps.find(({ status }) => status === 'closed')?.at ?? null;
  const until = stay ? stay.until : closedAt;
  return (
    <section className="case-stay">
      <h2 className="section-title">{t('stay')}</h2>
      <div className="card case-stay-card">
        <StayStrip stay={{ since: one.since, until, gaps: stay?.gaps ?? [] }} space={space} />
        <SpaceSensors spaceId={one.spaceId} />
      </div>
    </section>
  );
}

function Timeline({ steps }: { steps: CaseStep[] }) {
  const { t } = useTranslation('cases');
  const nowMs = useParkingNow();
  return (
    <section className="case-history">
      <h2 className="section-title">{t('timeline')}</h2>
      <ol className="timeline">
        {steps.toReversed().map((step) => (
          <li key={`${step.at} ${step.status}`}>
            <span className="timeline-shape">
              <StepShape status={step.status} size={18} />
            </span>
            <div>
              <strong>{t(`status.${step.status}`)}</strong>
              <div className="quiet small">
                <Moment at={step.at} nowMs={nowMs} /> ·{' '}
                {step.actor === 'system' ? t('system') : step.actor}
              </div>
              <Because step={step} />
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Why a step was taken: the server's own reasons are words of ours, a person's are told as written. */
function Because({ step: { actor, reason } }: { step: CaseStep }) {
  const { t } = useTranslation('cases');
  if (!reason) return null;
  if (actor !== 'system') return <p>{reason}</p>;
  if (reason === 'allowed-days-used-up' || reason === 'car-left')
    return <p>{t(`because.${reason}`)}</p>;
  const [, way, address] = /^(\w+):(.+)$/.exec(reason) ?? [];
  const channel = Channel.safeParse(way).data;
  return <p>{channel ? t(`because.${channel}`, { address }) : reason}</p>;
}
