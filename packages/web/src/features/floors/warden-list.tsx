import { Button, Modal } from '@mantine/core';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import type { BuildingView } from '@vigie/contracts/evacuation';
import type { EvacuationPlan, FloorView, Warden } from '@vigie/contracts/floors';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { freshId } from '../../platform/fresh-id.ts';
import { Removal } from './removal.tsx';
import { WardenForm } from './warden-form.tsx';
import { roomsWithoutWarden } from './warden-rooms.ts';

interface InBuilding {
  building: BuildingView;
  plan: EvacuationPlan;
}

/** Those who have a task in this building, each with places, telephone and account; they are changed in a dialog. */
export function WardenList({ building, plan }: InBuilding) {
  const { t } = useTranslation(['floors', 'face']);
  const [open, setOpen] = useState<Warden>();
  const floors = plan.floors.filter(({ buildingId }) => buildingId === building.id);
  const wardens = plan.wardens.filter(({ buildingId }) => buildingId === building.id);
  const close = () => setOpen(undefined);
  const begun: Omit<Warden, 'id'> = {
    ...{ buildingId: building.id, name: '', role: 'sweeper', username: null, phone: '' },
    ...{ deputyOf: null, floors: [], rooms: [] },
  };
  return (
    <section className="building-part">
      <h2>{t('wardens')}</h2>
      <WithoutWarden building={building} plan={plan} />
      {wardens.length === 0 && <p className="quiet">{t('noWardens')}</p>}
      <ul className="warden-list">
        {wardens.map((warden) => (
          <li key={warden.id} className="card">
            <WardenLine warden={warden} {...{ building, floors, wardens }} />
            <span className="page-actions">
              <Button variant="default" onClick={() => setOpen(warden)}>
                {t('edit')}
                <span className="visually-hidden">{` : ${warden.name}`}</span>
              </Button>
              <Removal
                name={warden.name}
                path={`/wardens/${encodeURIComponent(warden.id)}`}
                effects={effectsOf(warden, { building, plan }, t)}
              />
            </span>
          </li>
        ))}
      </ul>
      <Button
        variant="default"
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={() =>
          setOpen({ id: freshId(`${building.id}-warden`, Date.now().toString(36)), ...begun })
        }
      >
        {t('newWarden')}
      </Button>
      <Modal
        closeButtonProps={{ 'aria-label': t('face:close') }}
        opened={open !== undefined}
        onClose={close}
        title={open?.name || t('newWarden')}
        centered
      >
        {open && (
          <WardenForm
            warden={open}
            onDone={close}
            rooms={building.rooms}
            {...{ floors, wardens }}
          />
        )}
      </Modal>
    </section>
  );
}

type Say = ReturnType<typeof useTranslation<'floors'>>['t'];

function effectsOf(warden: Warden, { building, plan }: InBuilding, t: Say): string[] {
  const left = plan.wardens.filter(({ id }) => id !== warden.id);
  const deputies = left.filter(({ deputyOf }) => deputyOf === warden.id).map(({ name }) => name);
  const before = new Set(roomsWithoutWarden(building.rooms, plan));
  const alone = roomsWithoutWarden(building.rooms, { ...plan, wardens: left })
    .filter((room) => !before.has(room))
    .map(({ name }) => name);
  return [
    alone.length > 0 ? t('goes.alone', { names: alone.join(', ') }) : '',
    deputies.length > 0 ? t('goes.deputies', { names: deputies.join(', ') }) : '',
    t('goes.records'),
  ];
}

interface WardenLineProps {
  warden: Warden;
  building: Pick<BuildingView, 'rooms'>;
  floors: readonly FloorView[];
  wardens: readonly Warden[];
}

/** One warden in a line: task, telephone to call by touch, places, and whose deputy. */
export function WardenLine({ warden, building, floors, wardens }: WardenLineProps) {
  const { t } = useTranslation('floors');
  const other = wardens.find(({ id }) => id === warden.deputyOf);
  const places = [...floors, ...building.rooms]
    .filter(({ id }) => warden.floors.includes(id) || warden.rooms.includes(id))
    .map(({ name }) => name);
  return (
    <span className="warden-line">
      <strong>{warden.name}</strong>
      <span>
        {t(`roleOne.${warden.role}`)}
        {other && ` · ${t('deputyOfWhom', { name: other.name })}`}
      </span>
      {warden.phone && <a href={`tel:${warden.phone.replace(/[^+\d]/g, '')}`}>{warden.phone}</a>}
      {warden.username && <span className="quiet small">{warden.username}</span>}
      {(places.length > 0 || !other) && (
        <span className="quiet">{places.join(', ') || t('noPlaces')}</span>
      )}
    </span>
  );
}

/** Rooms of a building that nobody leads people out of and nobody checks; nothing when there are none. */
export function WithoutWarden({ building, plan }: InBuilding) {
  const { t } = useTranslation('floors');
  const alone = roomsWithoutWarden(building.rooms, plan);
  if (alone.length === 0) return null;
  return (
    <p className="state-fault">
      {t('withoutWarden', { names: alone.map(({ name }) => name).join(', ') })}
    </p>
  );
}
