import { Button, Modal } from '@mantine/core';
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

/** The alarm button of those who may sound it: choose, then confirm. */
export function SoundAlarm() {
  const { t } = useTranslation(['alarm', 'face']);
  const may = useMay()('alarm.sound');
  const [isOpen, setOpen] = useState(false);
  const buildings = useQuery({ ...buildingsQuery(useApi()), enabled: may });
  if (!may || !buildings.data?.length) return null;
  return (
    <>
      <button type="button" className="alarm-button" onClick={() => setOpen(true)}>
        <IconAlarm size={22} aria-hidden />
        {t('sound')}
      </button>
      <Modal
        closeButtonProps={{ 'aria-label': t('face:close') }}
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={t('sound')}
        size="lg"
        centered
      >
        <SoundForm buildings={buildings.data} />
      </Modal>
    </>
  );
}

function SoundForm({ buildings }: { buildings: BuildingView[] }) {
  const { t } = useTranslation('alarm');
  const navigate = useNavigate();
  const sound = useSoundAlarm();
  const only = buildings.length === 1 ? buildings[0]?.id : undefined;
  const [buildingId, setBuilding] = useState(only);
  const [kind, setKind] = useState<IncidentKind>();
  const isReady = buildingId !== undefined && kind !== undefined;
  const confirm = () => {
    if (!isReady) return;
    sound.mutate(
      { buildingId, kind },
      {
        onSuccess: ({ id }) =>
          void navigate({ to: '/incidents/$incidentId', params: { incidentId: id } }),
      },
    );
  };
  return (
    <div className="alarm-form">
      <Choice
        legend={t('building')}
        name="building"
        options={buildings.map(({ id, name, address }) => ({
          value: id,
          text: name,
          hint: address,
        }))}
        value={buildingId}
        onValue={setBuilding}
      />
      <Choice
        legend={t('kind')}
        name="kind"
        options={IncidentKind.options.map((value) => ({
          value,
          text: t(`kind.${value}`),
          hint: t(`kindHint.${value}`),
          shape: <KindShape kind={value} size={26} />,
        }))}
        value={kind}
        onValue={(value) => setKind(IncidentKind.parse(value))}
      />
      {sound.error && <Failed error={sound.error} />}
      <Button
        size="xl"
        className={isReady ? `alarm-confirm alarm-${kind}` : 'alarm-confirm'}
        disabled={!isReady}
        loading={sound.isPending}
        onClick={confirm}
      >
        {kind ? t('confirm', { kind: t(`kind.${kind}`) }) : t('chooseKind')}
      </Button>
      <p className="quiet small">{t('noCall')}</p>
    </div>
  );
}

interface ChoiceProps {
  legend: string;
  name: string;
  options: { value: string; text: string; hint: string; shape?: React.ReactNode }[];
  value: string | undefined;
  onValue: (value: string) => void;
}

function Choice({ legend, name, options, value, onValue }: ChoiceProps) {
  return (
    <fieldset className="alarm-choice">
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className="alarm-option">
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onValue(option.value)}
          />
          {option.shape}
          <span>
            <strong>{option.text}</strong>
            <span className="small alarm-option-hint">{option.hint}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
