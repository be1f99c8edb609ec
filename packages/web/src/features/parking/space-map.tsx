import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Space } from '@vigie/contracts/parking';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../platform/react.tsx';
import { type MapPlace, mapHeight, mapOf, mapWidth, type Neighbour, neighboursOf } from './map.ts';
import { neighboursQuery } from './queries.ts';
import './map.css';

/** So many neighbours are told in words. */
const told = 5;

/** Where a space lies among its neighbours, drawn from their coordinates: no map of another host is fetched. */
export function SpaceMap({ space }: { space: Space }) {
  const { t } = useTranslation('parking');
  const { latitude, longitude } = space;
  const spaces = useQuery(neighboursQuery(useApi(), space.id)).data ?? [];
  if (latitude === null || longitude === null) return <p className="quiet">{t('noPosition')}</p>;
  const neighbours = neighboursOf({ latitude, longitude }, spaces);
  return (
    <div className="space-map">
      <Drawing label={space.label} neighbours={neighbours} />
      {neighbours.length > 0 && (
        <ul className="space-map-list" aria-label={t('neighbours')}>
          {neighbours.slice(0, told).map((one) => (
            <NeighbourLine key={one.space.id} neighbour={one} />
          ))}
        </ul>
      )}
    </div>
  );
}

function NeighbourLine({ neighbour: { space, metres, wind } }: { neighbour: Neighbour }) {
  const { t } = useTranslation('parking');
  return (
    <li>
      <Link to="/parking/$spaceId" params={{ spaceId: space.id }}>
        {t('space', { label: space.label })}
      </Link>{' '}
      <span className="quiet">{t(`way.${wind}`, { metres: Math.round(metres) })}</span>
    </li>
  );
}

function Drawing({ label, neighbours }: { label: string; neighbours: Neighbour[] }) {
  const { t } = useTranslation('parking');
  const nameId = useId();
  const { places, bar } = mapOf(neighbours);
  const middle = { x: mapWidth / 2, y: mapHeight / 2 };
  return (
    <svg
      className="space-map-drawing card"
      viewBox={`0 0 ${mapWidth} ${mapHeight}`}
      role="img"
      aria-labelledby={nameId}
    >
      <title id={nameId}>{t('mapLabel', { label })}</title>
      {places.map((place) => (
        <PlaceMark key={place.neighbour.space.id} place={place} />
      ))}
      <circle className="map-ring" cx={middle.x} cy={middle.y} r={17} />
      <rect className="map-here" x={middle.x - 8} y={middle.y - 8} width={16} height={16} rx={4} />
      <text className="map-here-label" x={middle.x + 22} y={middle.y + 5}>
        {label}
      </text>
      <g className="map-north" transform={`translate(${mapWidth - 22} 30)`}>
        <path d="M0 -16L6 4L0 0L-6 4Z" />
        <text x={0} y={18} textAnchor="middle">
          {t('northLetter')}
        </text>
      </g>
      <g className="map-bar" transform={`translate(14 ${mapHeight - 16})`}>
        <path d={`M0 -5V0H${bar.units}V-5`} />
        <text x={bar.units + 6} y={1}>
          {bar.metres} m
        </text>
      </g>
    </svg>
  );
}

function PlaceMark({ place: { neighbour, x, y, hasLabel } }: { place: MapPlace }) {
  return (
    <g>
      <rect className="map-place" x={x - 5} y={y - 5} width={10} height={10} rx={2.5} />
      {hasLabel && (
        <text className="map-label" x={x + 9} y={y + 4}>
          {neighbour.space.label}
        </text>
      )}
    </g>
  );
}
