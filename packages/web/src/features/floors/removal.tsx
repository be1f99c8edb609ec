import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
import { useRemove } from './queries.ts';

interface RemovalProps {
  /** of the thing */
  name: string;
  /** of the interface */
  path: string;
  /** What goes and what stays, a sentence each; empty ones are left out. */
  effects: readonly string[];
  /** The name must be written out before: a lot goes. */
  isGrave?: boolean;
  onGone?: () => void;
}

/** Takes a thing out of the registry, after saying what goes with it. */
export function Removal({ name, path, effects, isGrave = false, onGone }: RemovalProps) {
  const { t } = useTranslation(['floors', 'face']);
  const removing = useRemove();
  const [isAsking, setAsking] = useState(false);
  const [written, setWritten] = useState('');
  return (
    <>
      <Button variant="default" color="gray" onClick={() => setAsking(true)}>
        {t('delete', { name })}
      </Button>
      <Modal
        closeButtonProps={{ 'aria-label': t('face:close') }}
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('deleteAsk', { name })}
        centered
      >
        <div className="removal">
          <ul>
            {effects
              .filter((one) => one !== '')
              .map((one) => (
                <li key={one}>{one}</li>
              ))}
          </ul>
          {isGrave && (
            <TextInput
              label={t('writeName', { name })}
              data-autofocus
              value={written}
              onChange={({ currentTarget: { value } }) => setWritten(value)}
            />
          )}
          {removing.error && <Failed error={removing.error} />}
          <Button
            color="red"
            loading={removing.isPending}
            disabled={isGrave && written.trim() !== name.trim()}
            // Not by `mutate`, which forgets whom it tells when the thing and this button are gone.
            onClick={() => void removing.mutateAsync(path).then(onGone, () => undefined)}
          >
            {t('deleteFor', { name })}
          </Button>
        </div>
      </Modal>
    </>
  );
}
