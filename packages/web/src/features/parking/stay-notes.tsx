import type { Stay } from '@vigie/contracts/parking';
import { useTranslation } from 'react-i18next';
import { useTimeStyle } from '../../platform/react.tsx';
import { dayAndTime, durationText } from '../../platform/time.ts';
import { silentMsOf } from './stays.ts';

/** So many silences are named; of more their number and length say enough. */
const mostNamed = 3;

/** How far a stay can be believed: what the sensor missed of it, in words. */
export function StayNotes({ stay, nowMs }: { stay: Stay; nowMs: number }) {
  const { t } = useTranslation('parking');
  const style = useTimeStyle();
  const { gaps, isArrivalInferred } = stay;
  const at = (moment: string) => dayAndTime(Date.parse(moment), style);
  return (
    <ul className="stay-notes small">
      {isArrivalInferred && <li>{t('inferred')}</li>}
      {gaps.length > 0 && (
        <li>
          {t('silentTimes', {
            count: gaps.length,
            length: durationText(silentMsOf(stay, nowMs), style.language),
          })}
        </li>
      )}
      {gaps.slice(-mostNamed).map(({ from, until }) => (
        <li key={from} className="quiet">
          {until
            ? t('silentFromTo', { from: at(from), until: at(until) })
            : t('silentFrom', { from: at(from) })}
        </li>
      ))}
    </ul>
  );
}
