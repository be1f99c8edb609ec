import { Button, CopyButton } from '@mantine/core';
import type { BollardWithKey } from '@vigie/contracts/devices';
import { useTranslation } from 'react-i18next';

/** The key of a device, the one time that it is shown, and its label. */
export function KeyOnce({ made: { id, key } }: { made: BollardWithKey }) {
  const { t } = useTranslation('devices');
  return (
    <div role="status" className="device-key">
      <p>{t('keyOnce', { id })}</p>
      <code data-testid="drawn-key">{key}</code>
      <div className="page-actions">
        <CopyButton value={key}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {t(copied ? 'copied' : 'copy')}
            </Button>
          )}
        </CopyButton>
        <a className="page-action" href={labelsPath([id])} download>
          {t('label')}
        </a>
      </div>
    </div>
  );
}

/** Address of the sheet with the labels of these devices. */
export const labelsPath = (ids: readonly string[]): string =>
  `/api/v1/bollards/labels.pdf?ids=${ids.map(encodeURIComponent).join(',')}`;
