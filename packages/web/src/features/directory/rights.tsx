import type { DirectoryCheck } from '@vigie/contracts/directory';
import { useTranslation } from 'react-i18next';
import { Limits } from '../people/index.ts';

/** What somebody gets and by which groups, or why nothing. */
export function Rights({ rights, refusal }: Pick<DirectoryCheck, 'rights' | 'refusal'>) {
  const { t } = useTranslation(['directory', 'accounts']);
  if (rights === null) return t('refused', { reason: t(`refusal.${refusal ?? 'refused'}`) });
  return (
    <>
      {t(`accounts:role.${rights.role}`)}, <Limits scope={rights.scope} />{' '}
      <span className="quiet small">{t('by', { groups: rights.by.join(', ') })}</span>
    </>
  );
}
