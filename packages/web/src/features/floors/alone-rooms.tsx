import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../platform/react.tsx';
import { useMay } from '../accounts/index.ts';
import { buildingsQuery } from '../rooms/index.ts';
import { evacuationPlanQuery } from './queries.ts';
import { roomsWithoutWarden } from './warden-rooms.ts';

/** For whoever answers for evacuations: how many rooms nobody leads people out of and nobody checks. */
export function AloneRooms() {
  const { t } = useTranslation('floors');
  const api = useApi();
  const mayEnd = useMay()('alarm.end');
  const buildings = useQuery({ ...buildingsQuery(api), enabled: mayEnd }).data;
  const plan = useQuery({ ...evacuationPlanQuery(api), enabled: mayEnd }).data;
  const rooms = buildings?.flatMap((building) => building.rooms) ?? [];
  const count = plan ? roomsWithoutWarden(rooms, plan).length : 0;
  if (count === 0) return null;
  return (
    <Link to="/plans" className="page-action state-fault" data-testid="alone-rooms">
      {t('alone', { count })}
    </Link>
  );
}
