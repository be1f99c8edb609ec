import { Button, FileButton, Modal } from '@mantine/core';
import IconUpload from '@tabler/icons-react/icons/IconUpload';
import type { InventoryAnswer } from '@vigie/contracts/inventory';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed, Waiting } from '../../face/notice.tsx';
import { useInventory } from './queries.ts';

interface Chosen {
  name: string;
  text: string;
  mediaType: string;
}

/** Takes an inventory in: first what it would change, then the change. */
export function InventoryUpload() {
  const { t } = useTranslation(['devices', 'face']);
  const inventory = useInventory();
  const [chosen, setChosen] = useState<Chosen>();
  const choose = async (file: File | null) => {
    if (!file) return;
    const mediaType = /\.ya?ml$/i.test(file.name) ? 'application/yaml' : 'text/csv';
    const next = { name: file.name, text: await file.text(), mediaType };
    setChosen(next);
    inventory.mutate({ text: next.text, mediaType, isDryRun: true });
  };
  return (
    <>
      <FileButton accept=".csv,.yaml,.yml" onChange={(file) => void choose(file)}>
        {(props) => (
          <button type="button" className="page-action device-import" {...props}>
            <IconUpload size={18} aria-hidden />
            {t('import')}
          </button>
        )}
      </FileButton>
      <Modal
        closeButtonProps={{ 'aria-label': t('face:close') }}
        opened={chosen !== undefined}
        onClose={() => setChosen(undefined)}
        title={t('importTitle', { name: chosen?.name })}
        size="lg"
        centered
      >
        {inventory.isPending && <Waiting rows={3} height={24} />}
        {inventory.error && <Failed error={inventory.error} />}
        {inventory.data && (
          <Answered
            answer={inventory.data}
            onConfirm={() => {
              if (chosen) inventory.mutate({ ...chosen, isDryRun: false });
            }}
          />
        )}
      </Modal>
    </>
  );
}

function Answered({ answer, onConfirm }: { answer: InventoryAnswer; onConfirm: () => void }) {
  const { t } = useTranslation('devices');
  const { isDryRun, changes, unchanged, wrong, keys } = answer;
  if (!isDryRun) return <Done count={changes.length} keys={keys} />;
  return (
    <>
      {wrong.length > 0 && <Wrong wrong={wrong} />}
      <h3>{t('wouldChange', { count: changes.length })}</h3>
      <Changes changes={changes} />
      <p className="quiet small">{t('unchanged', { count: unchanged })}</p>
      <Button disabled={wrong.length > 0 || changes.length === 0} onClick={onConfirm}>
        {t('importDo')}
      </Button>
    </>
  );
}

function Wrong({ wrong }: Pick<InventoryAnswer, 'wrong'>) {
  const { t } = useTranslation('devices');
  return (
    <div className="notice notice-failed" role="alert">
      <div>
        <p>{t('wrongLines', { count: wrong.length })}</p>
        <ul className="device-lines">
          {wrong.map(({ line, problem, value }) => (
            <li key={`${line} ${problem}`}>
              <strong>{t('line', { line })}</strong> {t(`wrong.${problem}`, { value })}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** So many changes are written out; more nobody reads. */
const mostShown = 100;

function Changes({ changes }: Pick<InventoryAnswer, 'changes'>) {
  const { t } = useTranslation('devices');
  return (
    <ul className="device-lines">
      {changes.slice(0, mostShown).map(({ line, id, isNew, fields }) => (
        <li key={line}>
          <strong>{id}</strong> {isNew && t('isNew')}{' '}
          <span className="quiet">
            {fields
              .map(
                ({ column, from, to }) =>
                  `${column} ${isNew ? '' : `${from || '–'} → `}${to || '–'}`,
              )
              .join(', ')}
          </span>
        </li>
      ))}
      {changes.length > mostShown && (
        <li className="quiet">{t('more', { count: changes.length - mostShown })}</li>
      )}
    </ul>
  );
}

function Done({ count, keys }: { count: number; keys: InventoryAnswer['keys'] }) {
  const { t } = useTranslation('devices');
  return (
    <div role="status">
      <p>{t('changed', { count })}</p>
      {keys.length > 0 && (
        <>
          <p>{t('keysOnce')}</p>
          <pre className="device-keys">{keys.map(({ id, key }) => `${id}  ${key}`).join('\n')}</pre>
        </>
      )}
    </div>
  );
}
