import { Button, Modal, Textarea } from '@mantine/core';
import IconEye from '@tabler/icons-react/icons/IconEye';
import IconEyeOff from '@tabler/icons-react/icons/IconEyeOff';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
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
          fewest={hasIncident ? 0 : REASON_LENGTH}
          onReason={(reason) => {
            setAsking(false);
            onLook({ mode: 'clear', reason });
          }}
        />
      </Modal>
    </>
  );
}

interface ReasonFormProps {
  /** Characters that are needed. */
  fewest: number;
  onReason: (reason: string) => void;
}

function ReasonForm({ fewest, onReason }: ReasonFormProps) {
  const { t } = useTranslation('rooms');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const isEnough = reason.trim().length >= fewest;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isEnough) onReason(reason.trim());
  };
  return (
    <form onSubmit={submit} noValidate>
      <Textarea
        label={t('clearReason')}
        description={t('clearWhy')}
        data-autofocus
        maxLength={500}
        autosize
        minRows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={tried && !isEnough && t('clearMissing', { fewest })}
      />
      <Button mt="md" type="submit">
        {t('clearOpen')}
      </Button>
    </form>
  );
}
