import { useTranslation } from 'react-i18next';
import type { Draft } from './draft.ts';

/** A part of the form: the draft, which of its parts are wrong, and how to change it. */
export interface PartProps {
  draft: Draft;
  wrong: readonly string[];
  onEdit: (part: Partial<Draft>) => void;
}

/** The sentence at a field that cannot be meant; `undefined` where all is well. */
export function useWrongText(wrong: readonly string[]) {
  const { t } = useTranslation('zones');
  return (part: string, text: 'name' | 'number' | 'moment' | 'address' | 'time') =>
    wrong.includes(part) ? t(`wrong.${text}`) : undefined;
}
