import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Building, type BuildingView, CameraUse } from '@vigie/contracts/evacuation';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer, Failed, Waiting } from '../../face/notice.tsx';
import { useApi } from '../../platform/react.tsx';
import { buildingsQuery, refreshBuildings } from '../rooms/index.ts';

/** For what each building's cameras may be used. */
export function CameraUses() {
  const { t } = useTranslation('privacy');
  const buildings = useQuery(buildingsQuery(useApi()));
  return (
    <section className="section">
      <h2>{t('use')}</h2>
      <p className="quiet">{t('useHint')}</p>
      <Answer query={buildings} waiting={<Waiting rows={2} height={70} />}>
        {(all) => all.map((building) => <UseForm key={building.id} building={building} />)}
      </Answer>
    </section>
  );
}

function UseForm({ building: { id, name, cameraUse: now = 'open' } }: { building: BuildingView }) {
  const { t } = useTranslation('privacy');
  const api = useApi();
  const client = useQueryClient();
  const [cameraUse, setUse] = useState<CameraUse>(now);
  const [reason, setReason] = useState('');
  const save = useMutation({
    mutationFn: () =>
      api.put(`/buildings/${encodeURIComponent(id)}/camera-use`, { cameraUse, reason }, Building),
    onSuccess: () => {
      setReason('');
      return refreshBuildings(client);
    },
  });
  return (
    <form
      className="card privacy-use"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <NativeSelect
        label={name}
        value={cameraUse}
        onChange={({ currentTarget }) => setUse(CameraUse.parse(currentTarget.value))}
        data={CameraUse.options.map((one) => ({ value: one, label: t(`use.${one}`) }))}
      />
      {cameraUse !== now && (
        <div className="privacy-line">
          <TextInput
            label={t('useReason')}
            value={reason}
            maxLength={500}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          <Button type="submit" loading={save.isPending} disabled={reason.trim().length < 10}>
            {t('save')}
          </Button>
        </div>
      )}
      {save.error && <Failed error={save.error} />}
    </form>
  );
}
