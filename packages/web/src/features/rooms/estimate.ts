import type { Estimate } from '@vigie/contracts/commissioning';
import type { Language } from '../../platform/i18n.ts';

/** A measured figure and the limits of its interval as people write them. */
export type EstimateTexts = Record<'value' | 'low' | 'high', string>;

const PEOPLE = { maximumFractionDigits: 1, signDisplay: 'negative' } as const;
const SHARE = { ...PEOPLE, maximumFractionDigits: 0, style: 'percent' } as const;

/** `people`: one decimal at most; `share`: 0..1 in whole percent. */
export function estimateTexts(
  { value, low, high }: Estimate,
  unit: 'people' | 'share',
  language: Language,
): EstimateTexts {
  const style = unit === 'share' ? SHARE : PEOPLE;
  const text = (figure: number): string =>
    figure.toLocaleString(language, style).replace('-', '\u2212');
  return { value: text(value), low: text(low), high: text(high) };
}
