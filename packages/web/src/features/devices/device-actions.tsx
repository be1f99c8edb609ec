import { ActionIcon, Button, Menu, Modal } from '@mantine/core';
import IconDots from '@tabler/icons-react/icons/IconDots';
import type { Bollard } from '@vigie/contracts/devices';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
import { useMay } from '../accounts/index.ts';
import { KeyOnce, labelsPath } from './key-once.tsx';
import { useNewKey, useRetire } from './queries.ts';
import { ReplaceForm } from './replace-form.tsx';

/** An action on a device that is asked for. */
export interface Asked {
  device: Bollard;
  action: 'replace' | 'key' | 'retire';
}

/** What can be done with a device, by those who may. */
export function DeviceMenu({ device, onAsk }: { device: Bollard; onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation('devices');
  const may = useMay()('devices.write');
  if (!may || device.life === 'retired' || device.life === 'replaced') return null;
  const stands = device.spaceId !== null;
  const ask = (action: Asked['action']) => () => onAsk({ device, action });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size={42} aria-label={t('actions', { id: device.id })}>
          <IconDots size={20} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {stands && (
          <Menu.Item component="a" href={labelsPath([device.id])} download>
            {t('label')}
          </Menu.Item>
        )}
        {stands && <Menu.Item onClick={ask('replace')}>{t('replace')}</Menu.Item>}
        <Menu.Item onClick={ask('key')}>{t('newKey')}</Menu.Item>
        <Menu.Item onClick={ask('retire')}>{t('retire')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface DeviceDialogProps {
  /** `undefined`: closed. */
  asked: Asked | undefined;
  onClose: () => void;
}

/** Stands outside the rows: one that is replaced leaves the list while its successor's key is still to be read. */
export function DeviceDialog({ asked, onClose }: DeviceDialogProps) {
  const { t } = useTranslation(['devices', 'face']);
  return (
    <Modal
      closeButtonProps={{ 'aria-label': t('face:close') }}
      opened={asked !== undefined}
      onClose={onClose}
      title={asked && t(`do.${asked.action}`, { id: asked.device.id })}
      centered
    >
      {asked?.action === 'replace' && <ReplaceForm device={asked.device} />}
      {asked?.action === 'key' && <NewKey id={asked.device.id} />}
      {asked?.action === 'retire' && <Retire id={asked.device.id} onDone={onClose} />}
    </Modal>
  );
}

function NewKey({ id }: { id: string }) {
  const { t } = useTranslation('devices');
  const draw = useNewKey(id);
  if (draw.data) return <KeyOnce made={draw.data} />;
  return (
    <>
      <p>{t('newKeyHint')}</p>
      {draw.error && <Failed error={draw.error} />}
      <Button loading={draw.isPending} onClick={() => draw.mutate(undefined)}>
        {t('newKey')}
      </Button>
    </>
  );
}

function Retire({ id, onDone }: { id: string; onDone: () => void }) {
  const { t } = useTranslation('devices');
  const retire = useRetire(id);
  return (
    <>
      <p>{t('retireHint')}</p>
      {retire.error && <Failed error={retire.error} />}
      <Button
        loading={retire.isPending}
        onClick={() => retire.mutate(undefined, { onSuccess: onDone })}
      >
        {t('retire')}
      </Button>
    </>
  );
}
