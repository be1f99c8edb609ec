import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { BuildingView } from '@vigie/contracts/evacuation';
import type { FloorView, Warden } from '@vigie/contracts/floors';
import { useTranslation } from 'react-i18next';
import { Answer, Failed, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { ApiError } from '../../platform/api.ts';
import { useApi } from '../../platform/react.tsx';
import { buildingsQuery } from '../rooms/index.ts';
import { FloorEditor } from './floor-editor.tsx';
import { evacuationPlanQuery } from './queries.ts';
import { Removal } from './removal.tsx';
import './floors.css';

const unknown = new ApiError('evacuation/floor-unknown', 404, 'No such floor.');

/** One floor: its plan, and what is drawn on it. */
export function FloorPage({ floorId }: { floorId: string }) {
  const { t } = useTranslation('floors');
  const api = useApi();
  const plan = useQuery(evacuationPlanQuery(api));
  const buildings = useQuery(buildingsQuery(api));
  const floor = plan.data?.floors.find(({ id }) => id === floorId);
  const waiting = <Waiting rows={1} height={480} />;
  return (
    <Page title={floor?.name ?? t('floor')} back={{ to: '/plans', text: t('title') }}>
      <Answer query={buildings} waiting={waiting}>
        {(all) => (
          <Answer query={plan} waiting={waiting}>
            {({ assemblyPoints, floors, wardens }) => {
              const building = all.find(({ id }) => id === floor?.buildingId);
              if (!floor || !building) return <Failed error={unknown} />;
              const inBuilding = floors.filter(({ buildingId }) => buildingId === building.id);
              const lose = wardens.filter((one) => one.floors.includes(floor.id));
              return (
                <>
                  <FloorEditor
                    key={floor.id}
                    floor={floor}
                    rooms={building.rooms}
                    assemblyPoints={assemblyPoints.filter(
                      ({ buildingId }) => buildingId === building.id,
                    )}
                    floors={inBuilding.map(({ name }) => name)}
                  />
                  <FloorRemoval floor={floor} building={building} lose={lose} />
                </>
              );
            }}
          </Answer>
        )}
      </Answer>
    </Page>
  );
}

interface FloorRemovalProps {
  floor: FloorView;
  building: BuildingView;
  /** who have the whole floor now */
  lose: readonly Warden[];
}

function FloorRemoval({ floor, building, lose }: FloorRemovalProps) {
  const { t } = useTranslation('floors');
  const navigate = useNavigate();
  const rooms = building.rooms.filter((room) => room.floor === floor.name);
  const namesOf = (all: readonly { name: string }[]) => all.map(({ name }) => name).join(', ');
  return (
    <div className="floor-removal">
      <Removal
        name={floor.name}
        path={`/floors/${encodeURIComponent(floor.id)}`}
        effects={[
          t('goes.plan'),
          rooms.length > 0 ? t('goes.roomsStay', { names: namesOf(rooms) }) : '',
          lose.length > 0 ? t('goes.lose', { names: namesOf(lose) }) : '',
          t('goes.records'),
        ]}
        onGone={() => void navigate({ to: '/plans' })}
      />
    </div>
  );
}
