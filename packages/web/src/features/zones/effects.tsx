import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Zone, ZoneChange, ZonePreview } from '@vigie/contracts/parking';
import { useTranslation } from 'react-i18next';
import { useTimeStyle } from '../../platform/react.tsx';
import { momentText } from '../../platform/time.ts';
import { useParkingNow } from '../parking/index.ts';

interface EffectsProps {
  preview: ZonePreview;
  zone: Zone;
  /** What was tried. */
  change: ZoneChange;
  isSending: boolean;
  onSend: () => void;
}

/** What a change would do, before it is sent. */
export function Effects({ preview, zone, change, isSending, onSend }: EffectsProps) {
  const { t } = useTranslation('zones');
  const style = useTimeStyle();
  const nowMs = useParkingNow();
  const at = (moment: string) =>
    momentText(Date.parse(moment), nowMs, { ...style, timeZone: zone.timeZone });
  const isLater = change.appliesFrom !== undefined;
  return (
    <section className="zone-effects" aria-label={t('effects')} data-testid="zone-effects">
      <h3>{t('effects')}</h3>
      <p aria-live="polite">
        {t('concerns')} <strong>{t('spaces', { count: preview.spaces })}</strong>,{' '}
        <strong>{t('cars', { count: preview.parked })}</strong>. {isLater && t('ifTheyStay')}
      </p>
      <Sentences preview={preview} />
      <ul>
        {change.allowedDays !== zone.allowedDays && (
          <li>
            {t('otherColours')}{' '}
            <Link to="/colours" search={{ days: change.allowedDays }}>
              {t('seeColours')}
            </Link>
          </li>
        )}
        {preview.givesWay.map((moment) => (
          <li key={moment}>{t('givesWay', { when: at(moment) })}</li>
        ))}
      </ul>
      <Button onClick={onSend} loading={isSending}>
        {isLater ? t('announce', { when: at(preview.appliesFrom) }) : t('applyNow')}
      </Button>
    </section>
  );
}

const counted = ['blackEarlier', 'blackLater', 'silent'] as const;

function Sentences({ preview }: { preview: ZonePreview }) {
  const { t } = useTranslation('zones');
  const { turnsBlack, blackNoMore } = preview;
  const isNothing =
    turnsBlack.length + blackNoMore.length === 0 && counted.every((kind) => preview[kind] === 0);
  if (isNothing) return <p>{t('noEffect')}</p>;
  return (
    <ul>
      {turnsBlack.length > 0 && (
        <li>
          <strong>{t('turnsBlack', { count: turnsBlack.length })}</strong>
          <Cars cars={turnsBlack} />
        </li>
      )}
      {blackNoMore.length > 0 && (
        <li>
          {t('blackNoMore', { count: blackNoMore.length })}
          <Cars cars={blackNoMore} />
        </li>
      )}
      {counted.map(
        (kind) => preview[kind] > 0 && <li key={kind}>{t(kind, { count: preview[kind] })}</li>,
      )}
    </ul>
  );
}

/** A whole town is not read through. */
const mostNamed = 20;

function Cars({ cars }: { cars: ZonePreview['turnsBlack'] }) {
  const { t } = useTranslation('zones');
  return (
    <span className="quiet small zone-example">
      {cars
        .slice(0, mostNamed)
        .map(({ label, day }) => t('carOnDay', { label, day }))
        .join(', ')}
      {cars.length > mostNamed && ` ${t('andMore', { count: cars.length - mostNamed })}`}
    </span>
  );
}
