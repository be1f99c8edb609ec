import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Answer, Failed, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { ApiError } from '../../platform/api.ts';
import { useApi } from '../../platform/react.tsx';
import { buildingsQuery } from '../rooms/index.ts';
import { FloorEditor } from './floor-editor.tsx';
import { evacuationPlanQuery } from './queries.ts';
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
            {({ assemblyPoints }) => {
              const building = all.find(({ id }) => id === floor?.buildingId);
              if (!floor || !building) return <Failed error={unknown} />;
              return (
                <FloorEditor
                  key={floor.id}
                  floor={floor}
                  rooms={building.rooms}
                  assemblyPoints={assemblyPoints.filter(
                    ({ buildingId }) => buildingId === building.id,
                  )}
                />
              );
            }}
          </Answer>
        )}
      </Answer>
    </Page>
  );
}
