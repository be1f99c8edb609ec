import { useQuery } from '@tanstack/react-query';
import type { PublicSpace } from '@vigie/contracts/public-space';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from '../../face/language-switch.tsx';
import { Answer, Empty, Waiting } from '../../face/notice.tsx';
import { useWindowTitle } from '../../face/page.tsx';
import { ApiError } from '../../platform/api.ts';
import { useApi, useTimeStyle } from '../../platform/react.tsx';
import { civilDateText } from '../../platform/time.ts';
import { BollardFace } from '../parking/index.ts';
import { publicSpaceQuery } from './queries.ts';
import './citizen.css';

/** What a bollard shows and why, for whoever scans its label. Nobody signs in here. */
export function CitizenPage({ spaceId }: { spaceId: string }) {
  const { t } = useTranslation('citizen');
  const query = useQuery(publicSpaceQuery(useApi(), spaceId));
  const isUnknown =
    query.error instanceof ApiError && query.error.status < 500 && query.error.status >= 400;
  useWindowTitle(query.data ? t('place', { label: query.data.label }) : t('title'));
  return (
    <div className="citizen">
      <header className="citizen-top">
        <span>{t('title')}</span>
        <LanguageSwitch />
      </header>
      <main>
        {isUnknown ? (
          <UnknownPlace />
        ) : (
          <Answer query={query} waiting={<Waiting rows={2} height={220} />}>
            {(space) => <Bollard space={space} />}
          </Answer>
        )}
      </main>
    </div>
  );
}

function UnknownPlace() {
  const { t } = useTranslation('citizen');
  return (
    <>
      <h1>{t('title')}</h1>
      <Empty text={t('unknownPlace')} hint={t('unknownPlaceHint')} />
    </>
  );
}

function Bollard({ space }: { space: PublicSpace }) {
  const { t } = useTranslation('citizen');
  const { state, day, allowedDays } = space;
  const label = state === 'parked' || state === 'overstay' ? String(day ?? '') : '';
  return (
    <>
      <section className="citizen-now" data-testid="citizen-space" data-state={state}>
        <BollardFace display={{ ...space, label }} size="big" />
        <h1>{t(`head.${state}`, { day, total: allowedDays })}</h1>
        <ColourLine space={space} />
        <Meaning space={space} />
      </section>
      <p className="citizen-place">
        <strong>{t('place', { label: space.label })}</strong>
        <span>{[...new Set([space.address, space.zoneName])].filter(Boolean).join(' · ')}</span>
      </p>
      <Rule space={space} />
    </>
  );
}

function ColourLine({ space: { colourNameFr, colourNameEn } }: { space: PublicSpace }) {
  const { t } = useTranslation('citizen');
  const { language } = useTimeStyle();
  const name = language === 'fr' ? colourNameFr : colourNameEn;
  return name && <p className="citizen-colour">{t('colour', { name })}</p>;
}

/** What that means for the car that stands there. */
function Meaning({ space: { state, daysLeft, blackOn } }: { space: PublicSpace }) {
  const { t } = useTranslation('citizen');
  const { language } = useTimeStyle();
  const date = blackOn && civilDateText(blackOn, language);
  if (state === 'parked') {
    return (
      <p>
        {daysLeft === 0 ? t('leftNone') : t('left', { count: daysLeft ?? 0 })}{' '}
        {date && t('blackFrom', { date })}
      </p>
    );
  }
  return (
    <p>
      {t(`${state}What`)} {state === 'overstay' && date && t('blackSince', { date })}
    </p>
  );
}

function Rule({ space: { allowedDays, dayRule, legalBasis } }: { space: PublicSpace }) {
  const { t } = useTranslation('citizen');
  return (
    <section className="citizen-rule">
      <h2>{t('rule')}</h2>
      <p>{t(`ruleText.${dayRule}`, { count: allowedDays })}</p>
      <p>{t('ruleColours')}</p>
      {legalBasis && <p className="quiet">{t('legal', { text: legalBasis })}</p>}
      <p className="quiet">{t('privacy')}</p>
    </section>
  );
}
