import IconBuilding from '@tabler/icons-react/icons/IconBuilding';
import { useQuery } from '@tanstack/react-query';
import type { BuildingView, RoomView } from '@vigie/contracts/evacuation';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer, Empty, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { useApi } from '../../platform/react.tsx';
import { byFloor, headlineOf, type RoomsSum, rangeText, sumOf, type Viewpoint } from './face.ts';
import { buildingsQuery, useViewpoint } from './queries.ts';
import { faceOfRoom, RoomTile } from './room-tile.tsx';
import './rooms.css';

/** The wall of counts. `actions` stand beside the title: the alarm button. */
export function RoomsPage({ actions }: { actions?: ReactNode }) {
  const { t } = useTranslation('rooms');
  const buildings = useQuery(buildingsQuery(useApi()));
  const view = useViewpoint();
  return (
    <Page title={t('title')} actions={actions}>
      <Answer query={buildings} waiting={<Waiting rows={2} height={240} />}>
        {(all) =>
          all.length === 0 ? (
            <Empty
              icon={<IconBuilding size={22} aria-hidden />}
              text={t('none')}
              hint={t('noneHint')}
            />
          ) : (
            all.map((building) => <Building key={building.id} building={building} view={view} />)
          )
        }
      </Answer>
    </Page>
  );
}

function Building({ building, view }: { building: BuildingView; view: Viewpoint }) {
  const { t } = useTranslation('rooms');
  const inside = building.rooms.filter((room) => !room.assemblyPointId);
  const outside = building.rooms.filter((room) => room.assemblyPointId);
  const sum = sumOf(inside.map((room) => faceOfRoom(room, view)));
  const groups: [string, RoomView[]][] = [
    ...byFloor(inside).map(([floor, rooms]): [string, RoomView[]] => [
      floor || t('noFloor'),
      rooms,
    ]),
    ...(outside.length > 0 ? [[t('outside'), outside] as [string, RoomView[]]] : []),
  ];
  return (
    <section className="building" aria-label={building.name}>
      <div className="building-head">
        <h2>{building.name}</h2>
        <p className="quiet small">{building.address}</p>
        {inside.length > 0 && <SumLine sum={sum} />}
      </div>
      {building.rooms.length === 0 && <Empty text={t('noRooms')} />}
      {groups.map(([name, rooms]) => (
        <div key={name} className="floor">
          <h3>{name}</h3>
          <ul className="room-grid">
            {rooms.map((room) => (
              <RoomTile key={room.id} room={room} view={view} />
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

/** Spoken when the number of unknown rooms changes; the people seen change too often to be read out. */
function SumLine({ sum }: { sum: RoomsSum }) {
  const { t } = useTranslation('rooms');
  return (
    <p className="building-sum">
      <span>{useSeenText(sum)}</span>
      <span role="status">
        {sum.unknown > 0 && (
          <strong className="hatched building-unknown">
            {t('sum.unknown', { count: sum.unknown })}
          </strong>
        )}
      </span>
    </p>
  );
}

function useSeenText(sum: RoomsSum): string {
  const { t } = useTranslation('rooms');
  const headline = headlineOf(sum);
  switch (headline.kind) {
    case 'seen':
      return headline.max === 1
        ? t('sum.person')
        : t('sum.people', { people: rangeText(headline.min, headline.max) });
    case 'at-least':
      return t('sum.atLeast', { count: headline.people });
    case 'unknown':
      return t('sum.numberUnknown');
    case 'nobody-seen':
      return t('sum.nobody');
  }
}
