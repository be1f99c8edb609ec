import { Link } from '@tanstack/react-router';
import type { Zone } from '@vigie/contracts/parking';
import { civilDateAt, dayStart } from '@vigie/contracts/parking-days';
import { recipientOf, shownAddress } from '@vigie/contracts/recipients';
import { momentOnWall } from '@vigie/contracts/wall-clock';
import { useTranslation } from 'react-i18next';
import { useTimeStyle } from '../../platform/react.tsx';
import { dayAndTime, durationText } from '../../platform/time.ts';
import type { RulePart } from './differences.ts';

/** Says a part of the rules in words. */
export function useRuleWords(): (zone: Zone, part: RulePart) => string {
  const { t } = useTranslation(['zones', 'parking']);
  const { language } = useTimeStyle();
  const chainOf = (zone: Zone) =>
    zone.recipients.map((named) => {
      const recipient = recipientOf(named, zone.id);
      const address = shownAddress(recipient);
      const who = recipient.name ? `${recipient.name} (${address})` : address;
      return recipient.language ? `${who}, ${t(`language.${recipient.language}`)}` : who;
    });
  const say: Record<RulePart, (zone: Zone) => string> = {
    name: ({ name }) => name,
    allowedDays: ({ allowedDays }) => t('parking:periodDays', { count: allowedDays }),
    dayRule: ({ dayRule }) => t(`days.${dayRule}`),
    timeZone: ({ timeZone }) => timeZone,
    holdMs: ({ holdMs }) => durationText(holdMs, language),
    legalBasis: ({ legalBasis }) => legalBasis || t('none'),
    recipients: (zone) => chainOf(zone).join(t('next')) || t('nobody'),
    remindAfterHours: ({ remindAfterHours }) => t('hours', { count: remindAfterHours }),
    escalateAfterHours: ({ escalateAfterHours }) => t('hours', { count: escalateAfterHours }),
    quietHours: ({ quietHours }) => (quietHours ? t('quietFromTo', { ...quietHours }) : t('never')),
  };
  return (zone, part) => say[part](zone);
}

/** The rules of a zone as somebody would explain them. */
export function RuleFacts({ zone, nowMs }: { zone: Zone; nowMs: number }) {
  const { t } = useTranslation('zones');
  const words = useRuleWords();
  return (
    <dl className="facts">
      <dt>{t('part.allowedDays')}</dt>
      <dd>
        <strong>{words(zone, 'allowedDays')}</strong>{' '}
        <Link to="/colours" search={{ days: zone.allowedDays }}>
          {t('seeColours')}
        </Link>
      </dd>
      <dt>{t('part.dayRule')}</dt>
      <dd>
        {words(zone, 'dayRule')}
        <DayExample zone={zone} nowMs={nowMs} />
      </dd>
      <dt>{t('part.holdMs')}</dt>
      <dd>{t('holdMeans', { length: words(zone, 'holdMs') })}</dd>
      <dt>{t('part.legalBasis')}</dt>
      <dd>{words(zone, 'legalBasis')}</dd>
      <dt>{t('part.recipients')}</dt>
      <dd>
        <Chain zone={zone} />
      </dd>
      <dt>{t('part.quietHours')}</dt>
      <dd>{words(zone, 'quietHours')}</dd>
    </dl>
  );
}

type Counted = Pick<Zone, 'allowedDays' | 'dayRule' | 'timeZone'>;

/** A car that comes today at ten, and when it turns black. */
export function DayExample({ zone, nowMs }: { zone: Counted; nowMs: number }) {
  const { t } = useTranslation('zones');
  const { language } = useTimeStyle();
  const { timeZone, allowedDays } = zone;
  const since = momentOnWall(`${civilDateAt(new Date(nowMs), timeZone)}T10:00`, timeZone);
  if (!since) return null;
  const black = dayStart({ ...zone, since, day: allowedDays + 1 });
  const [arrival, end] = [since, black].map((at) =>
    dayAndTime(at.getTime(), { language, timeZone }),
  );
  return <span className="quiet small zone-example">{t('example', { arrival, end })}</span>;
}

function Chain({ zone }: { zone: Zone }) {
  const { t } = useTranslation('zones');
  const words = useRuleWords();
  if (zone.recipients.length === 0) return t('nobodyMeans');
  return (
    <>
      <ol className="zone-chain">
        {zone.recipients
          .map((named) => recipientOf(named, zone.id))
          .map((recipient) => (
            <li key={`${recipient.channel} ${recipient.address}`}>
              {recipient.name && <strong>{recipient.name} </strong>}
              {t(`channel.${recipient.channel}`)} · {shownAddress(recipient)} ·{' '}
              <span className="quiet">{t(`language.${recipient.language ?? 'all'}`)}</span>
            </li>
          ))}
      </ol>
      <span className="quiet small zone-example">
        {t('patience', {
          remind: words(zone, 'remindAfterHours'),
          escalate: words(zone, 'escalateAfterHours'),
        })}
      </span>
    </>
  );
}
