import { Button, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
import { useApi } from '../../platform/react.tsx';
import { refreshBuildings } from './queries.ts';

const nothing = { parse: () => undefined };

interface RemoveCameraProps {
  id: string;
  name: string;
  /** Where cameras of its kind are; absent: those of rooms. */
  path?: string;
  onRemoved?: () => void;
}

/** Takes a camera away, after asking once more. */
export function RemoveCamera({ id, name, path = '/cameras', onRemoved }: RemoveCameraProps) {
  const { t } = useTranslation(['rooms', 'face']);
  const api = useApi();
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () => api.delete(`${path}/${encodeURIComponent(id)}`, nothing),
    onSuccess: () => {
      onRemoved?.();
      return refreshBuildings(client);
    },
  });
  return (
    <>
      <Button
        variant="default"
        size="xs"
        aria-label={t('removeOf', { name })}
        onClick={() => setAsking(true)}
      >
        {t('remove')}
      </Button>
      <Modal
        closeButtonProps={{ 'aria-label': t('face:close') }}
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('removeTitle', { name })}
        centered
      >
        <p>{t('removeWhat')}</p>
        {remove.error && <Failed error={remove.error} />}
        <Button loading={remove.isPending} onClick={() => remove.mutate()}>
          {t('removeOf', { name })}
        </Button>
      </Modal>
    </>
  );
}
