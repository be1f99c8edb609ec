import { Modal } from '@mantine/core';
import IconAlarm from '@tabler/icons-react/icons/IconAlarm';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type BuildingView, IncidentKind } from '@vigie/contracts/evacuation';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
import { useApi } from '../../platform/react.tsx';
import { useMay } from '../accounts/index.ts';
import { buildingsQuery } from '../rooms/index.ts';
import { KindShape } from './kind-shape.tsx';
import { useSoundAlarm } from './queries.ts';
import './alarm.css';

/** The alarm button of those who may sound it, on every page: one tap asks, the second one sounds. */
export function SoundAlarm() {
  const { t } = useTranslation(['alarm', 'face']);
  const may = useMay()('alarm.sound');
  const [isOpen, setOpen] = useState(false);
  const buildings = useQuery({ ...buildingsQuery(useApi()), enabled: may });
  if (!may || !buildings.data?.length) return null;
  return (
    <>
      <button
        type="button"
        className="alarm-button"
        aria-label={t('sound')}
        onClick={() => setOpen(true)}
      >
        <IconAlarm size={22} aria-hidden />
        <span>{t('sound')}</span>
      </button>
      <Modal
        closeButtonProps={{ 'aria-label': t('face:close') }}
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={t('sound')}
        size="lg"
        centered
      >
        <SoundForm buildings={buildings.data} onDone={() => setOpen(false)} />
      </Modal>
    </>
  );
}

interface SoundFormProps {
  buildings: BuildingView[];
  onDone: () => void;
}

function SoundForm({ buildings, onDone }: SoundFormProps) {
  const { t } = useTranslation('alarm');
  const navigate = useNavigate();
  const sound = useSoundAlarm();
  const confirm = (buildingId: string, kind: IncidentKind) =>
    sound.mutate(
      { buildingId, kind },
      {
        onSuccess: ({ id }) => {
          onDone();
          void navigate({ to: '/incidents/$incidentId', params: { incidentId: id } });
        },
      },
    );
  return (
    <div className="alarm-form">
      {sound.error && <Failed error={sound.error} />}
      {buildings.map(({ id, name, address }) => (
        <fieldset key={id} className="alarm-choice" disabled={sound.isPending}>
          <legend>
            {name} <span className="quiet small">{address}</span>
          </legend>
          {IncidentKind.options.map((kind) => (
            <KindButton key={kind} kind={kind} onConfirm={() => confirm(id, kind)} />
          ))}
        </fieldset>
      ))}
      <p className="quiet small">{t('noCall')}</p>
    </div>
  );
}

function KindButton({ kind, onConfirm }: { kind: IncidentKind; onConfirm: () => void }) {
  const { t } = useTranslation('alarm');
  return (
    <button type="button" className={`alarm-confirm alarm-${kind}`} onClick={onConfirm}>
      <KindShape kind={kind} size={26} />
      <span>
        <strong>{t('confirm', { kind: t(`kind.${kind}`) })}</strong>
        <span className="small">{t(`kindHint.${kind}`)}</span>
      </span>
    </button>
  );
}
