import IconFolderOpen from '@tabler/icons-react/icons/IconFolderOpen';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { SpaceDetail } from '@vigie/contracts/parking';
import { useTranslation } from 'react-i18next';
import { Around, Moment } from '../../face/moment.tsx';
import { Answer, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { useApi } from '../../platform/react.tsx';
import { useMay } from '../accounts/index.ts';
import { BollardFace } from './bollard-face.tsx';
import { Bollards } from './bollards.tsx';
import { Exemptions } from './exemptions.tsx';
import { Legend } from './legend.tsx';
import { spaceQuery, useParkingNow } from './queries.ts';
import { SpaceMap } from './space-map.tsx';
import { DayLine } from './space-tile.tsx';
import { StateWord } from './state-word.tsx';
import { StayHistory } from './stay-history.tsx';
import './parking.css';

/** One space: what its bollard shows, since when, under which rule, and what happened here before. */
export function SpacePage({ spaceId }: { spaceId: string }) {
  const { t } = useTranslation('parking');
  const query = useQuery(spaceQuery(useApi(), spaceId));
  return (
    <Page
      title={t('space', { label: query.data?.label ?? spaceId })}
      back={{ to: '/parking', text: t('title') }}
    >
      <Answer query={query} waiting={<Waiting rows={3} height={180} />}>
        {(space) => (
          <>
            <Now space={space} />
            <Exemptions space={space} />
            <Place space={space} />
            <Legend space={space} />
            <StayHistory space={space} />
            <Bollards ids={space.bollardIds} />
          </>
        )}
      </Answer>
    </Page>
  );
}

function Now({ space }: { space: SpaceDetail }) {
  const { t } = useTranslation('parking');
  const { display } = space;
  return (
    <div className="card space-now" data-testid="space-now" data-state={display.state}>
      <figure className="space-now-face">
        <BollardFace display={display} size="big" />
        <figcaption className="quiet small">{t('bollardShows')}</figcaption>
      </figure>
      <div className="space-now-text">
        <StateWord state={display.state} />
        <p className="space-now-day">
          {display.day === null ? t('freeNow') : <DayLine space={space} />}
        </p>
        <Why space={space} />
        <Facts space={space} />
        <CaseLink caseId={space.caseId} />
      </div>
    </div>
  );
}

function Place({ space }: { space: SpaceDetail }) {
  const { t } = useTranslation('parking');
  return (
    <section className="section">
      <h2>{t('map')}</h2>
      <SpaceMap space={space} />
    </section>
  );
}

function Why({ space: { display, heardAt } }: { space: SpaceDetail }) {
  const { t } = useTranslation('parking');
  const nowMs = useParkingNow();
  if (display.state === 'fault') return <p className="space-now-why">{t('faultWhy')}</p>;
  if (display.state !== 'unknown') return null;
  if (!heardAt) return <p className="space-now-why">{t('neverHeard')}</p>;
  return (
    <p className="space-now-why">
      {t('unknownWhy')}{' '}
      <Around text={t('silentSince', { when: '\0' })}>
        <Moment at={heardAt} nowMs={nowMs} />
      </Around>
    </p>
  );
}

function Facts({ space }: { space: SpaceDetail }) {
  const { t } = useTranslation('parking');
  const nowMs = useParkingNow();
  const { zone, display, latitude, longitude } = space;
  return (
    <dl className="facts">
      {display.since && (
        <>
          <dt>{t('since')}</dt>
          <dd>
            <Moment at={display.since} nowMs={nowMs} />
          </dd>
        </>
      )}
      {display.until && (
        <>
          <dt>{t(display.state === 'overstay' ? 'blackSince' : 'blackFrom')}</dt>
          <dd>
            <Moment at={display.until} nowMs={nowMs} />
          </dd>
        </>
      )}
      <dt>{t('address')}</dt>
      <dd>
        {space.address || '—'}{' '}
        <span className="quiet">
          (
          <Link to="/zones/$zoneId" params={{ zoneId: zone.id }}>
            {zone.name}
          </Link>
          )
        </span>
      </dd>
      {latitude !== null && longitude !== null && (
        <>
          <dt>{t('position')}</dt>
          <dd>
            <GeoLink latitude={latitude} longitude={longitude} />
          </dd>
        </>
      )}
      {space.heardAt && (
        <>
          <dt>{t('heard')}</dt>
          <dd>
            <Moment at={space.heardAt} nowMs={nowMs} />
          </dd>
        </>
      )}
      <dt>{t('rule')}</dt>
      <dd>{t(`rule.${zone.dayRule}`, { count: zone.allowedDays })}</dd>
      {zone.legalBasis && (
        <>
          <dt>{t('legal')}</dt>
          <dd>{zone.legalBasis}</dd>
        </>
      )}
    </dl>
  );
}

/** Opens the map of the phone, and no page of another host. Source: RFC 5870. */
export function GeoLink({ latitude, longitude }: { latitude: number; longitude: number }) {
  return (
    <a href={`geo:${latitude},${longitude}`}>
      {latitude.toFixed(5)}, {longitude.toFixed(5)}
    </a>
  );
}

function CaseLink({ caseId }: { caseId: string | null }) {
  const { t } = useTranslation('parking');
  const may = useMay();
  if (!caseId || !may('parking.handle-cases')) return null;
  return (
    <Link to="/cases/$caseId" params={{ caseId }} className="button-link">
      <IconFolderOpen size={18} aria-hidden />
      {t('openCase')}
    </Link>
  );
}
