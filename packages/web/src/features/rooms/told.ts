import type { Room } from '@vigie/contracts/evacuation';
import type { Language } from '../../platform/i18n.ts';

/** What whoever leads people out of the room must know, in their language where it is written; `''`: nothing. */
export function toldIn(language: Language, { instructions }: Pick<Room, 'instructions'>): string {
  const { fr = '', en = '' } = instructions ?? {};
  return language === 'fr' ? fr || en : en || fr;
}
