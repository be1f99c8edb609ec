import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { BuildingView } from '@vigie/contracts/evacuation';
import type { AssemblyPoint, EvacuationPlan } from '@vigie/contracts/floors';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer, Failed, useErrorText, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { ApiError } from '../../platform/api.ts';
import { useApi } from '../../platform/react.tsx';
import { buildingsQuery } from '../rooms/index.ts';
import { AddNamed } from './add-forms.tsx';
import { evacuationPlanQuery, useAddToTown } from './queries.ts';
import { Removal } from './removal.tsx';
import { RoomFacts } from './room-facts.tsx';
import { WardenList } from './warden-list.tsx';
import './floors.css';

const unknown = new ApiError('evacuation/building-unknown', 404, 'No such building.');

interface InBuilding {
  building: BuildingView;
  plan: EvacuationPlan;
}

/** One building: its name, who has which task in it, where people gather, and the rooms that no plan shows. */
export function BuildingPage({ buildingId }: { buildingId: string }) {
  const { t } = useTranslation('floors');
  const api = useApi();
  const buildings = useQuery(buildingsQuery(api));
  const plan = useQuery(evacuationPlanQuery(api));
  const building = buildings.data?.find(({ id }) => id === buildingId);
  const waiting = <Waiting rows={3} height={120} />;
  return (
    <Page title={building?.name ?? t('building')} back={{ to: '/plans', text: t('title') }}>
      <Answer query={buildings} waiting={waiting}>
        {() => (
          <Answer query={plan} waiting={waiting}>
            {(all) =>
              building ? (
                <Body key={building.id} building={building} plan={all} />
              ) : (
                <Failed error={unknown} />
              )
            }
          </Answer>
        )}
      </Answer>
    </Page>
  );
}

function Body({ building, plan }: InBuilding) {
  const { t } = useTranslation('floors');
  const points = plan.assemblyPoints.filter(({ buildingId }) => buildingId === building.id);
  const floors = plan.floors.filter(({ buildingId }) => buildingId === building.id);
  const names = floors.map(({ name }) => name);
  const nowhere = building.rooms.filter(({ floor }) => floor === '');
  return (
    <div className="building-page">
      <BuildingFacts building={building} />
      <WardenList building={building} plan={plan} />
      <section className="building-part">
        <h2>{t('assemblyPoints')}</h2>
        {points.length === 0 && <p className="quiet">{t('noPoints')}</p>}
        {points.map((point) => (
          <PointFacts key={point.id} point={point} />
        ))}
        <AddNamed
          label={t('newPoint')}
          stem={building.id}
          onAdd={(point) => ({
            assemblyPoints: [{ ...point, buildingId: building.id, place: '' }],
          })}
        />
      </section>
      {nowhere.length > 0 && (
        <section className="building-part">
          <h2>{t('roomsNowhere')}</h2>
          <div className="building-rooms">
            {nowhere.map((room) => (
              <RoomFacts key={room.id} room={room} floors={names} points={points} />
            ))}
          </div>
        </section>
      )}
      <BuildingRemoval building={building} plan={plan} />
    </div>
  );
}

function BuildingFacts({ building: { id, ...stored } }: { building: BuildingView }) {
  const { t } = useTranslation('floors');
  const errorText = useErrorText();
  const saving = useAddToTown();
  const [{ name, address }, setDraft] = useState(stored);
  const save = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate({ buildings: [{ id, name: name.trim(), address: address.trim() }] });
  };
  return (
    <form className="building-facts" aria-label={t('building')} onSubmit={save}>
      <TextInput
        label={t('name')}
        required
        maxLength={120}
        value={name}
        onChange={({ currentTarget: { value } }) => setDraft({ ...stored, name: value, address })}
      />
      <TextInput
        label={t('address')}
        maxLength={200}
        value={address}
        onChange={({ currentTarget: { value } }) => setDraft({ ...stored, name, address: value })}
      />
      <Button type="submit" variant="default" loading={saving.isPending} disabled={!name.trim()}>
        {t('save')}
      </Button>
      <p role="status" className="small">
        {saving.error ? errorText(saving.error) : saving.isSuccess && t('saved')}
      </p>
    </form>
  );
}

function PointFacts({ point }: { point: AssemblyPoint }) {
  const { t } = useTranslation('floors');
  const errorText = useErrorText();
  const saving = useAddToTown();
  const [draft, setDraft] = useState(point);
  const save = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate({ assemblyPoints: [draft] });
  };
  return (
    <form className="building-facts" aria-label={point.name} onSubmit={save}>
      <TextInput
        label={t('name')}
        required
        maxLength={80}
        value={draft.name}
        onChange={({ currentTarget: { value } }) => setDraft({ ...draft, name: value })}
      />
      <TextInput
        label={t('where')}
        maxLength={200}
        value={draft.place}
        onChange={({ currentTarget: { value } }) => setDraft({ ...draft, place: value })}
      />
      <Button type="submit" variant="default" loading={saving.isPending}>
        {t('save')}
      </Button>
      <Removal
        name={point.name}
        path={`/assembly-points/${encodeURIComponent(point.id)}`}
        effects={[t('goes.point'), t('goes.records')]}
      />
      <p role="status" className="small">
        {saving.error ? errorText(saving.error) : saving.isSuccess && t('saved')}
      </p>
    </form>
  );
}

function BuildingRemoval({ building, plan }: InBuilding) {
  const { t } = useTranslation('floors');
  const navigate = useNavigate();
  const isHere = ({ buildingId }: { buildingId: string }) => buildingId === building.id;
  const counts = {
    floors: plan.floors.filter(isHere).length,
    rooms: building.rooms.length,
    cameras: building.rooms.flatMap(({ cameras }) => cameras).length,
    wardens: plan.wardens.filter(isHere).length,
    points: plan.assemblyPoints.filter(isHere).length,
  };
  return (
    <Removal
      name={building.name}
      path={`/buildings/${encodeURIComponent(building.id)}`}
      effects={[t('goes.building', counts), t('goes.inputs'), t('goes.records')]}
      isGrave
      onGone={() => void navigate({ to: '/plans' })}
    />
  );
}
