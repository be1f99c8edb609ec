import { Button, Modal } from '@mantine/core';
import type { InstalledModel, ModelWorker } from '@vigie/contracts/models';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
import { useTimeStyle } from '../../platform/react.tsx';
import { ModelFactsList } from './model-facts.tsx';
import { holdersOf } from './models.ts';
import { useRemove } from './queries.ts';

interface Props {
  model: InstalledModel;
  workers: readonly ModelWorker[];
}

/** Weights of the server: what they are, who uses them for what, and how quick they are there. */
export function InstalledModelCard({ model, workers }: Props) {
  const { t } = useTranslation('models');
  const isLast = holdersOf(model, workers).some(({ worker }) =>
    workers.some(({ id, models }) => id === worker && models.length === 1),
  );
  return (
    <li className="card models-card" data-testid={`model-${model.name}`}>
      <h3>{model.name}</h3>
      <ModelFactsList model={model} />
      <Uses model={model} workers={workers} />
      {model.isOwn ? (
        <Remove model={model} isLast={isLast} />
      ) : (
        <p className="quiet small">{t('elsewhere')}</p>
      )}
    </li>
  );
}

function Uses({ model, workers }: Props) {
  const { t } = useTranslation('models');
  const { language } = useTimeStyle();
  const holders = holdersOf(model, workers);
  if (holders.length === 0) return <p className="quiet small">{t('unheld')}</p>;
  return (
    <ul className="models-uses">
      {holders.map(({ worker, model: { msPerLook, isMeasured, uses } }) => (
        <li key={worker}>
          <strong>{worker}</strong>{' '}
          {uses.length > 0
            ? t('usedFor', { uses: uses.map((use) => t(`use.${use}`)).join(', ') })
            : t('unused')}{' '}
          <span className="quiet">
            {t(isMeasured ? 'pace' : 'paceGuessed', { ms: msPerLook.toLocaleString(language) })}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Remove({ model, isLast }: { model: InstalledModel; isLast: boolean }) {
  const { t } = useTranslation(['models', 'face']);
  const [isAsking, setAsking] = useState(false);
  const remove = useRemove(model);
  return (
    <>
      <Button
        variant="default"
        className="models-remove"
        aria-label={t('removeLabel', { name: model.name })}
        onClick={() => setAsking(true)}
      >
        {t('remove')}
      </Button>
      <Modal
        closeButtonProps={{ 'aria-label': t('face:close') }}
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('removeTitle', { name: model.name })}
        centered
      >
        <p>{t(isLast ? 'removeLast' : 'removeWarn')}</p>
        {remove.error && <Failed error={remove.error} />}
        <Button loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
          {t('remove')}
        </Button>
      </Modal>
    </>
  );
}
