import { Button, CopyButton, Modal, TextInput } from '@mantine/core';
import IconDeviceMobile from '@tabler/icons-react/icons/IconDeviceMobile';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CameraLink } from '@vigie/contracts/evacuation';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
import { useApi } from '../../platform/react.tsx';
import { refreshBuildings } from './queries.ts';

/** Makes a telephone or laptop a camera of the room: asks for a name, then shows the link to open on it. */
export function PhoneLink({ roomId }: { roomId: string }) {
  const { t } = useTranslation(['rooms', 'face']);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDeviceMobile size={18} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t('phoneAdd')}
      </Button>
      <Modal
        closeButtonProps={{ 'aria-label': t('face:close') }}
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={t('phoneTitle')}
        centered
      >
        <NameForm roomId={roomId} />
      </Modal>
    </>
  );
}

function NameForm({ roomId }: { roomId: string }) {
  const { t } = useTranslation('rooms');
  const api = useApi();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const make = useMutation({
    mutationFn: () =>
      api.post(`/rooms/${encodeURIComponent(roomId)}/browser-cameras`, { name }, CameraLink),
    onSuccess: () => refreshBuildings(client),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  if (make.data) return <LinkOnce link={make.data} />;
  return (
    <form onSubmit={submit}>
      <p>{t('phoneWhat')}</p>
      <TextInput
        label={t('phoneName')}
        data-autofocus
        required
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {make.error && <Failed error={make.error} />}
      <Button mt="md" type="submit" loading={make.isPending}>
        {t('phoneMake')}
      </Button>
    </form>
  );
}

/** The link, the one time that it is shown. */
function LinkOnce({ link: { path } }: { link: CameraLink }) {
  const { t } = useTranslation('rooms');
  const address = new URL(path, location.href).href;
  return (
    <div role="status" className="phone-link">
      <p>{t('phoneOnce')}</p>
      <code data-testid="phone-link">{address}</code>
      <CopyButton value={address}>
        {({ copied, copy }) => (
          <Button mt="md" onClick={copy}>
            {t(copied ? 'phoneCopied' : 'phoneCopy')}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
