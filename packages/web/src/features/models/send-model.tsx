import { Button, FileButton, Progress } from '@mantine/core';
import IconUpload from '@tabler/icons-react/icons/IconUpload';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
import { useSend } from './queries.ts';

const isStopped = (error: Error | null): boolean => error?.name === 'AbortError';

/** Sends a file of weights; says how far it is, and what became of it. */
export function SendModel() {
  const { t } = useTranslation('models');
  const send = useSend();
  const choose = (file: File | null) => file && send.mutate(file);
  return (
    <div className="models-send">
      <FileButton accept=".onnx" onChange={choose} disabled={send.isPending}>
        {(props) => (
          <Button {...props} leftSection={<IconUpload size={18} aria-hidden />}>
            {t('add')}
          </Button>
        )}
      </FileButton>
      <p className="quiet small">{t('addHint')}</p>
      {send.isPending && (
        <Sending name={send.variables.name} share={send.share} onStop={send.stop} />
      )}
      {send.error && !isStopped(send.error) && <Failed error={send.error} />}
      <p role="status" className="models-said">
        {isStopped(send.error) && t('stopped')}
        {send.data?.is === 'installed' && t('installedNow', { name: send.data.model.name })}
        {send.data?.is === 'waiting' && t('waitsNow', { name: send.data.model.name })}
      </p>
    </div>
  );
}

function Sending({ name, share, onStop }: { name: string; share: number; onStop: () => void }) {
  const { t } = useTranslation('models');
  const id = useId();
  const percent = Math.round(share * 100);
  return (
    <div className="models-sending card">
      <p id={id}>{share < 1 ? t('sending', { name, percent }) : t('checking', { name })}</p>
      <Progress.Root size="lg">
        <Progress.Section value={percent} aria-labelledby={id} animated={share === 1} />
      </Progress.Root>
      {share < 1 && (
        <Button variant="default" onClick={onStop}>
          {t('stop')}
        </Button>
      )}
    </div>
  );
}
