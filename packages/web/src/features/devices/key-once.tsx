import type { BollardWithKey } from '@vigie/contracts/devices';
import { useTranslation } from 'react-i18next';
import { ShownOnce } from '../../face/shown-once.tsx';

/** The key of a device, the one time that it is shown, and its label. */
export function KeyOnce({ made: { id, key } }: { made: BollardWithKey }) {
  const { t } = useTranslation('devices');
  return (
    <ShownOnce text={t('keyOnce', { id })} secret={key}>
      <a className="page-action" href={labelsPath([id])} download>
        {t('label')}
      </a>
    </ShownOnce>
  );
}

/** Address of the sheet with the labels of these devices. */
export const labelsPath = (ids: readonly string[]): string =>
  `/api/v1/bollards/labels.pdf?ids=${ids.map(encodeURIComponent).join(',')}`;
