import type { Language } from './i18n.ts';

/** How times are written: in whose words and in which zone (IANA name). */
export interface TimeStyle {
  language: Language;
  timeZone: string;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const locales = { fr: 'fr-FR', en: 'en-GB' };

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf({ language, timeZone }: TimeStyle, options: Intl.DateTimeFormatOptions) {
  const key = `${language} ${timeZone} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locales[language], { ...options, timeZone });
    formats.set(key, format);
  }
  return format;
}

const clockTime: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };

/** Time of day with seconds, e.g. `10:42:07`. */
export const timeOfDay = (atMs: number, style: TimeStyle): string =>
  formatOf(style, { ...clockTime, second: '2-digit' }).format(atMs);

/** Day, date and time to the second: what a hover shows. */
export const exactTime = (atMs: number, style: TimeStyle): string =>
  formatOf(style, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    ...clockTime,
    second: '2-digit',
  }).format(atMs);

/** The date alone, with its year, e.g. `26 nov. 2025`. */
export const dayOf = (atMs: number, style: TimeStyle): string =>
  formatOf(style, { day: 'numeric', month: 'short', year: 'numeric' }).format(atMs);

/** Weekday, date and time of day to the minute, short: for a clock that runs fast. */
export const dayAndTime = (atMs: number, style: TimeStyle): string =>
  formatOf(style, { weekday: 'short', day: 'numeric', month: 'short', ...clockTime }).format(atMs);

/** A civil date (`YYYY-MM-DD`) with its weekday; the year is left to the reader. */
export const civilDateText = (date: string, language: Language): string =>
  formatOf(
    { language, timeZone: 'UTC' },
    { weekday: 'long', day: 'numeric', month: 'long' },
  ).format(Date.parse(date));

/** A civil date (`YYYY-MM-DD`) as short as an axis needs it. */
export const shortDate = (date: string, language: Language): string =>
  formatOf({ language, timeZone: 'UTC' }, { day: 'numeric', month: 'short' }).format(
    Date.parse(date),
  );

const dateKey = (atMs: number, { timeZone }: TimeStyle): string =>
  formatOf(
    { language: 'en', timeZone },
    { year: 'numeric', month: '2-digit', day: '2-digit' },
  ).format(atMs);

/**
 * When something was or will be: relative within the hour ("il y a 4 min"), absolute beyond
 * ("hier à 08:14", "le 12 nov. à 08:14"), the year only when it is another one.
 */
export function momentText(atMs: number, nowMs: number, style: TimeStyle): string {
  const distance = atMs - nowMs;
  if (Math.abs(distance) < HOUR) return nearText(distance, style.language);
  const time = formatOf(style, clockTime).format(atMs);
  const at = style.language === 'fr' ? ' à ' : ' at ';
  const day = dateKey(atMs, style);
  for (const offset of [0, -1, 1]) {
    if (day === dateKey(nowMs + offset * DAY, style)) {
      return offset === 0
        ? `${at.trim()} ${time}`
        : `${namedDay(offset, style.language)}${at}${time}`;
    }
  }
  const on = style.language === 'fr' ? 'le' : 'on';
  return `${on} ${dateText(atMs, nowMs, style)}${at}${time}`;
}

const namedDay = (offset: number, language: Language): string =>
  new Intl.RelativeTimeFormat(locales[language], { numeric: 'auto' }).format(offset, 'day');

function dateText(atMs: number, nowMs: number, style: TimeStyle): string {
  const year = { year: 'numeric' } as const;
  const sameYear = formatOf(style, year).format(atMs) === formatOf(style, year).format(nowMs);
  return formatOf(style, {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : year),
  }).format(atMs);
}

function nearText(distance: number, language: Language): string {
  const format = new Intl.RelativeTimeFormat(locales[language], {
    style: 'short',
    numeric: 'always',
  });
  const size = Math.abs(distance);
  const sign = distance > 0 ? 1 : -1;
  if (size < SECOND) return language === 'fr' ? 'à l’instant' : 'just now';
  if (size < MINUTE) return format.format(sign * Math.floor(size / SECOND), 'second');
  return format.format(sign * Math.floor(size / MINUTE), 'minute');
}

/** A length of time in its two largest units: `45 s`, `12 min`, `2 h 05`, `3 j 4 h`. Negative counts as 0. */
export function durationText(ms: number, language: Language): string {
  const length = Math.max(0, ms);
  if (length < MINUTE) return `${Math.floor(length / SECOND)} s`;
  if (length < HOUR) return `${Math.floor(length / MINUTE)} min`;
  if (length < DAY) {
    const minutes = Math.floor((length % HOUR) / MINUTE);
    return `${Math.floor(length / HOUR)} h ${String(minutes).padStart(2, '0')}`;
  }
  const hours = Math.floor((length % DAY) / HOUR);
  const days = `${Math.floor(length / DAY)} ${language === 'fr' ? 'j' : 'd'}`;
  return hours === 0 ? days : `${days} ${hours} h`;
}

/** A running time as a watch shows it: `02:14`, `1:02:14`. Negative counts as 0. */
export function stopwatchText(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / SECOND);
  const pad = (n: number) => String(n).padStart(2, '0');
  const rest = `${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
  return seconds < 3600 ? rest : `${Math.floor(seconds / 3600)}:${rest}`;
}
