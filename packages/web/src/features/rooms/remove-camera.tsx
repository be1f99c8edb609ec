import { Button, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Camera } from '@vigie/contracts/evacuation';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
import { useApi } from '../../platform/react.tsx';
import { refreshBuildings } from './queries.ts';

const nothing = { parse: () => undefined };

/** Takes a camera out of its room, after asking once more. */
export function RemoveCamera({ camera: { id, name } }: { camera: Camera }) {
  const { t } = useTranslation(['rooms', 'face']);
  const api = useApi();
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () => api.delete(`/cameras/${encodeURIComponent(id)}`, nothing),
    onSuccess: () => refreshBuildings(client),
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
