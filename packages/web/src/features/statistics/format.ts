import { civilDateAt } from '@vigie/contracts/parking-days';
import { lengthLimitsHours, type StatisticsStep } from '@vigie/contracts/parking-statistics';
import type { Language } from '../../platform/i18n.ts';
import { civilDateText, dayAndTime, durationText, type TimeStyle } from '../../platform/time.ts';

/** A share 0..1 in whole percent; a dash where nothing is known. */
export const percentText = (share: number | null, language: Language): string =>
  share === null
    ? '—'
    : share.toLocaleString(language, { style: 'percent', maximumFractionDigits: 0 });

/** The hour or the day that begins at a moment. */
export const bucketText = (at: string, step: StatisticsStep, style: TimeStyle): string =>
  step === 'hour'
    ? dayAndTime(Date.parse(at), style)
    : civilDateText(civilDateAt(new Date(at), style.timeZone), style.language);

/** The limits of a class of lengths as people write them; `undefined`: there is none on that side. */
export function classLimits(index: number, language: Language): { from?: string; to?: string } {
  const text = (hours: number) => durationText(hours * 3_600_000, language).replace(/ h 00$/, ' h');
  const from = lengthLimitsHours[index - 1];
  const to = lengthLimitsHours[index];
  return {
    ...(from === undefined ? {} : { from: text(from) }),
    ...(to === undefined ? {} : { to: text(to) }),
  };
}
