import { Button, Modal } from '@mantine/core';
import IconEye from '@tabler/icons-react/icons/IconEye';
import IconEyeOff from '@tabler/icons-react/icons/IconEyeOff';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ReasonForm } from '../../face/reason-form.tsx';
import type { Look } from './camera-picture.tsx';
import { REASON_LENGTH } from './face.ts';

interface ClearViewProps {
  look: Look;
  onLook: (look: Look) => void;
  /** An incident goes on in the building: it is the reason. */
  hasIncident: boolean;
}

const protectedLook: Look = { mode: 'private', reason: '' };

/** Asks for a reason before people are shown in clear, and brings the masked view back with one tap. */
export function ClearView({ look, onLook, hasIncident }: ClearViewProps) {
  const { t } = useTranslation(['rooms', 'face']);
  const [isAsking, setAsking] = useState(false);
  const fewest = hasIncident ? 0 : REASON_LENGTH;
  if (look.mode === 'clear') {
    return (
      <Button
        leftSection={<IconEyeOff size={18} aria-hidden />}
        onClick={() => onLook(protectedLook)}
      >
        {t('clearEnd')}
      </Button>
    );
  }
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconEye size={18} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        {t('clearView')}
      </Button>
      <Modal
        closeButtonProps={{ 'aria-label': t('face:close') }}
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('clearTitle')}
        centered
      >
        <ReasonForm
          label={t('clearReason')}
          description={t('clearWhy')}
          missing={t('clearMissing', { fewest })}
          confirm={t('clearOpen')}
          fewest={fewest}
          onReason={(reason) => {
            setAsking(false);
            onLook({ mode: 'clear', reason });
          }}
        />
      </Modal>
    </>
  );
}
