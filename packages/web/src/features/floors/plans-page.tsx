import IconMap2 from '@tabler/icons-react/icons/IconMap2';
import IconPencil from '@tabler/icons-react/icons/IconPencil';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { BuildingView, RoomView } from '@vigie/contracts/evacuation';
import type { EvacuationPlan, FloorView } from '@vigie/contracts/floors';
import { useTranslation } from 'react-i18next';
import { Answer, Empty, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { useApi, useTimeStyle } from '../../platform/react.tsx';
import { useMay } from '../accounts/index.ts';
import {
  buildingsQuery,
  countOf,
  faceOfRoom,
  type RoomFace,
  toldIn,
  useViewpoint,
  type Viewpoint,
} from '../rooms/index.ts';
import { AddFloor, AddNamed } from './add-forms.tsx';
import { FloorPlan, imageOf, PlanPeople, type PlanRoom } from './floor-plan.tsx';
import { evacuationPlanQuery } from './queries.ts';
import { WardenLine, WithoutWarden } from './warden-list.tsx';
import './floors.css';

/** The plans of all buildings with the rooms as they are now, and who has which task in an evacuation. */
export function PlansPage() {
  const { t } = useTranslation(['floors', 'rooms']);
  const api = useApi();
  const plan = useQuery(evacuationPlanQuery(api));
  const buildings = useQuery(buildingsQuery(api));
  const isEditor = useMay()('town.write');
  const waiting = <Waiting rows={1} height={420} />;
  return (
    <Page title={t('title')} back={{ to: '/rooms', text: t('rooms:title') }}>
      <Answer query={buildings} waiting={waiting}>
        {(all) => (
          <Answer query={plan} waiting={waiting}>
            {(evacuation) => (
              <>
                {all.length === 0 && <Empty text={t('rooms:none')} hint={t('rooms:noneHint')} />}
                {all.map((building) => (
                  <Building key={building.id} building={building} plan={evacuation} />
                ))}
                {isEditor && (
                  <AddNamed
                    label={t('newBuilding')}
                    stem=""
                    onAdd={(building) => ({ buildings: [{ ...building, address: '' }] })}
                  />
                )}
              </>
            )}
          </Answer>
        )}
      </Answer>
    </Page>
  );
}

function Building({ building, plan }: { building: BuildingView; plan: EvacuationPlan }) {
  const { t } = useTranslation('floors');
  const isEditor = useMay()('town.write');
  const floors = plan.floors.filter(({ buildingId }) => buildingId === building.id);
  return (
    <section className="building" aria-label={building.name}>
      <div className="building-head">
        <h2>{building.name}</h2>
        <p className="quiet small">{building.address}</p>
        {isEditor && (
          <Link
            to="/buildings/$buildingId"
            params={{ buildingId: building.id }}
            className="page-action"
          >
            <IconPencil size={18} aria-hidden />
            {t('buildingAndWardens')}
            <span className="visually-hidden">{building.name}</span>
          </Link>
        )}
      </div>
      {floors.length === 0 && (
        <Empty
          icon={<IconMap2 size={22} aria-hidden />}
          text={t('noFloors')}
          hint={t(isEditor ? 'noFloorsHint' : 'askAdministrator')}
        />
      )}
      <div className="plans">
        {floors.toReversed().map((floor) => (
          <FloorCard key={floor.id} floor={floor} building={building} plan={plan} />
        ))}
      </div>
      {isEditor && <AddFloor buildingId={building.id} floors={floors} />}
      <WithoutWarden building={building} plan={plan} />
      <Tasks building={building} plan={plan} />
    </section>
  );
}

interface FloorCardProps {
  floor: FloorView;
  building: BuildingView;
  plan: EvacuationPlan;
}

function FloorCard({ floor, building, plan }: FloorCardProps) {
  const { t } = useTranslation('floors');
  const isEditor = useMay()('town.write');
  const view = useViewpoint();
  const rooms = building.rooms.filter((room) => room.floor === floor.name);
  const drawn = new Set(floor.drawing.rooms.map(({ roomId }) => roomId));
  const missing = rooms.filter(({ id }) => !drawn.has(id));
  return (
    <section className="card floor-card" aria-label={floor.name}>
      <div className="floor-card-head">
        <h3>{floor.name}</h3>
        {isEditor && (
          <Link to="/floors/$floorId" params={{ floorId: floor.id }} className="page-action">
            <IconPencil size={18} aria-hidden />
            {t('draw')}
            <span className="visually-hidden">{floor.name}</span>
          </Link>
        )}
      </div>
      <FloorPlan
        name={floor.name}
        drawing={floor.drawing}
        image={imageOf(floor)}
        rooms={rooms.map((room) => planRoom(room, view))}
        assemblyPoints={plan.assemblyPoints}
      />
      {!floor.plan && <p className="quiet small">{t(isEditor ? 'noPlanHint' : 'noPlan')}</p>}
      {missing.length > 0 && (
        <p className="state-fault small">
          {t('notDrawn', { names: missing.map(({ name }) => name).join(', ') })}
        </p>
      )}
    </section>
  );
}

function planRoom(room: RoomView, view: Viewpoint): PlanRoom {
  const face = faceOfRoom(room, view);
  const shown = { state: face.state, count: countOf(face), says: <FaceWord face={face} /> };
  return { id: room.id, name: room.name, shown };
}

function FaceWord({ face }: { face: RoomFace }) {
  const { t } = useTranslation('rooms');
  if (face.state === 'people') return <PlanPeople min={face.min} max={face.max} />;
  return <strong>{t(face.state === 'empty' ? 'seenEmpty' : 'unknown')}</strong>;
}

function Tasks({ building, plan }: { building: BuildingView; plan: EvacuationPlan }) {
  const { t } = useTranslation('floors');
  const points = plan.assemblyPoints.filter(({ buildingId }) => buildingId === building.id);
  const wardens = plan.wardens.filter(({ buildingId }) => buildingId === building.id);
  const floors = plan.floors.filter(({ buildingId }) => buildingId === building.id);
  const { language } = useTimeStyle();
  const told = building.rooms.flatMap((room) => {
    const text = toldIn(language, room);
    return text ? [{ id: room.id, name: room.name, text }] : [];
  });
  return (
    <dl className="plan-tasks">
      <dt>{t('assemblyPoints')}</dt>
      <dd>
        {points.map(({ name, place }) => (place ? `${name} (${place})` : name)).join(' · ') ||
          t('none')}
      </dd>
      {(['guide', 'sweeper'] as const).map((role) => (
        <div key={role}>
          <dt>{t(`role.${role}`)}</dt>
          <dd>
            {wardens.every((one) => one.role !== role) && t('none')}
            {wardens
              .filter((one) => one.role === role)
              .map((warden) => (
                <WardenLine key={warden.id} warden={warden} {...{ building, floors, wardens }} />
              ))}
          </dd>
        </div>
      ))}
      {told.map(({ id, name, text }) => (
        <div key={id}>
          <dt>{t('instructions', { name })}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
