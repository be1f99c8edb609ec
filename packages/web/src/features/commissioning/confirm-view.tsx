import { Button, Modal } from '@mantine/core';
import type { Commissioning } from '@vigie/contracts/commissioning';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Around, Moment } from '../../face/moment.tsx';
import { Failed } from '../../face/notice.tsx';
import { useNow } from '../../platform/react.tsx';
import { useConfirmView } from './queries.ts';

/** A person says that the camera looks where it should. */
export function ConfirmView({
  commissioning: { cameraId, viewSince },
}: {
  commissioning: Commissioning;
}) {
  const { t } = useTranslation(['commissioning', 'face']);
  const [isAsking, setAsking] = useState(false);
  const confirm = useConfirmView(cameraId);
  const nowMs = useNow();
  return (
    <section className="section">
      <h2>{t('view')}</h2>
      <p className="commissioning-intro">
        {t('viewHint')}{' '}
        {viewSince && (
          <Around text={t('viewSince', { when: '\0' })}>
            <Moment at={viewSince} nowMs={nowMs} />
          </Around>
        )}
      </p>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('confirmView')}
      </Button>
      <Modal
        closeButtonProps={{ 'aria-label': t('face:close') }}
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('confirmTitle')}
        centered
      >
        <p>{t('confirmWarn')}</p>
        {confirm.error && <Failed error={confirm.error} />}
        <Button
          loading={confirm.isPending}
          onClick={() => confirm.mutate(undefined, { onSuccess: () => setAsking(false) })}
        >
          {t('confirmView')}
        </Button>
      </Modal>
    </section>
  );
}
