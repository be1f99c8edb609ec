import { Button, Modal } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Around, Moment } from '../../face/moment.tsx';
import { Failed } from '../../face/notice.tsx';
import { useNow } from '../../platform/react.tsx';
import './commissioning.css';

interface ConfirmViewProps {
  /** null: it was never confirmed. */
  viewSince: string | null;
  hint: string;
  warn: string;
  confirm: {
    mutate: (nothing: undefined, then: { onSuccess: () => void }) => void;
    isPending: boolean;
    error: Error | null;
  };
}

/** A person says that the camera looks where it should. */
export function ConfirmView({ viewSince, hint, warn, confirm }: ConfirmViewProps) {
  const { t } = useTranslation(['commissioning', 'face']);
  const [isAsking, setAsking] = useState(false);
  return (
    <section className="section">
      <h2>{t('view')}</h2>
      <p className="commissioning-intro">
        {hint} {viewSince && <ConfirmedAt viewSince={viewSince} />}
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
        <p>{warn}</p>
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

function ConfirmedAt({ viewSince }: { viewSince: string }): ReactNode {
  const { t } = useTranslation('commissioning');
  const nowMs = useNow();
  return (
    <Around text={t('viewSince', { when: '\0' })}>
      <Moment at={viewSince} nowMs={nowMs} />
    </Around>
  );
}
