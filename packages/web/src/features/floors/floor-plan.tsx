import { Link } from '@tanstack/react-router';
import type { FloorView, PlanDrawing } from '@vigie/contracts/floors';
import type { NormPoint } from '@vigie/contracts/vision';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { countOf, type RoomFace, rangeText } from '../rooms/index.ts';
import { labelPoint } from './label-point.ts';
import type { FloorDraft } from './plan-draft.ts';
import './floors.css';

/** The picture of a plan; sizes in any unit, only their proportion counts. */
export interface PlanImage {
  url: string;
  width: number;
  height: number;
}

/** A room as the plan shows it. `face` null: only where it lies. */
export interface PlanRoom {
  id: string;
  name: string;
  face: RoomFace | null;
}

interface FloorPlanProps {
  /** of the floor */
  name: string;
  drawing: PlanDrawing;
  /** null: the rooms stand on blank paper */
  image: PlanImage | null;
  /** Rooms that are drawn but not named here are left out. */
  rooms: readonly PlanRoom[];
  assemblyPoints: readonly { id: string; name: string }[];
  /** What lies over it. */
  children?: ReactNode;
}

/** Blank paper, where there is no picture. */
const paper = { width: 4, height: 3 };
/** Of the drawing over the picture, in its own units. */
const wide = 1000;

/** The stored picture of a floor's plan. */
export const imageOf = ({ id, plan }: FloorView): PlanImage | null =>
  plan && {
    url: `/api/v1/floors/${encodeURIComponent(id)}/plan?v=${plan.digest}`,
    width: plan.width,
    height: plan.height,
  };

/** The picture as it will be once the draft is kept. */
export function draftImage({ plan }: FloorDraft, stored: FloorView): PlanImage | null {
  if (!plan) return imageOf(stored);
  const { picture, width, height } = plan;
  return { url: `data:${picture.mediaType};base64,${picture.base64}`, width, height };
}

/**
 * One floor: each room by its state, told apart by fill, pattern, border and word, never by hue alone. Draws what it is
 * given and asks for nothing.
 */
export function FloorPlan({
  name,
  drawing,
  image,
  rooms,
  assemblyPoints,
  children,
}: FloorPlanProps) {
  const { t } = useTranslation('floors');
  const { width, height } = image ?? paper;
  const drawn = drawing.rooms.flatMap(({ roomId, outline }) => {
    const room = rooms.find(({ id }) => id === roomId);
    return room ? [{ room, outline }] : [];
  });
  return (
    <figure className="plan" aria-label={t('planOf', { name })}>
      <div className="plan-paper" style={{ aspectRatio: `${width} / ${height}` }}>
        {image && <img src={image.url} alt="" />}
        <PlanLines drawing={drawing} drawn={drawn} tall={(wide * height) / width} />
        <ul className="plan-labels">
          {drawn.map(({ room, outline }) => (
            <RoomLabel key={room.id} room={room} outline={outline} />
          ))}
          {drawing.doors
            .filter(({ kind }) => kind === 'exit')
            .map(({ id, from, to }) => (
              <PlanLabel key={id} at={middleOf(from, to)} look="exit">
                {t('exit')}
              </PlanLabel>
            ))}
          {drawing.assemblyPoints.map(({ id, at }) => (
            <PlanLabel key={id} at={at} look="assembly">
              {assemblyPoints.find((one) => one.id === id)?.name ?? t('assembly')}
            </PlanLabel>
          ))}
        </ul>
        {children}
      </div>
    </figure>
  );
}

interface PlanLinesProps {
  drawing: PlanDrawing;
  drawn: readonly { room: PlanRoom; outline: readonly NormPoint[] }[];
  /** height of the drawing, where it is 1000 wide */
  tall: number;
}

/** Rooms, doors and cameras; the labels say the same in words. */
function PlanLines({ drawing, drawn, tall }: PlanLinesProps) {
  const hatch = useId();
  const on = ([x, y]: NormPoint): [number, number] => [x * wide, y * tall];
  const listed = (points: readonly NormPoint[]) =>
    points.map((point) => on(point).join()).join(' ');
  return (
    <svg viewBox={`0 0 ${wide} ${tall}`} preserveAspectRatio="none" aria-hidden>
      <defs>
        <pattern
          id={hatch}
          width="22"
          height="22"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(-45)"
        >
          <rect className="plan-hatch-paper" width="22" height="22" />
          <rect className="plan-hatch-line" width="22" height="10" />
        </pattern>
      </defs>
      {drawn.map(({ room, outline }) => (
        <polygon
          key={room.id}
          className={`plan-room plan-room-${room.face?.state ?? 'plain'}`}
          points={listed(outline)}
          {...(room.face?.state === 'unknown' ? { fill: `url(#${hatch})` } : {})}
        />
      ))}
      {drawing.doors.map(({ id, kind, from, to }) => (
        <polyline key={id} className={`plan-door plan-door-${kind}`} points={listed([from, to])} />
      ))}
      {drawing.cameras.map(({ cameraId, at, towards }) => (
        <g key={cameraId} className="plan-camera">
          <polygon points={viewOf(on(at), on(towards))} />
          <circle cx={on(at)[0]} cy={on(at)[1]} r="9" />
        </g>
      ))}
    </svg>
  );
}

/** A short cone that shows which way a camera looks. */
function viewOf([x, y]: readonly [number, number], [tx, ty]: readonly [number, number]): string {
  const length = Math.hypot(tx - x, ty - y) || 1;
  const [dx, dy] = [((tx - x) / length) * 44, ((ty - y) / length) * 44];
  return [
    [x, y],
    [x + dx - dy * 0.5, y + dy + dx * 0.5],
    [x + dx + dy * 0.5, y + dy - dx * 0.5],
  ]
    .map((point) => point.join())
    .join(' ');
}

const middleOf = ([ax, ay]: NormPoint, [bx, by]: NormPoint): NormPoint => [
  (ax + bx) / 2,
  (ay + by) / 2,
];

interface PlanLabelProps {
  at: readonly [number, number];
  look: string;
  children: ReactNode;
}

const PlanLabel = ({ at: [x, y], look, children }: PlanLabelProps) => (
  <li
    className={`plan-label plan-label-${look}`}
    style={{ left: `${x * 100}%`, top: `${y * 100}%` }}
  >
    {children}
  </li>
);

function RoomLabel({ room, outline }: { room: PlanRoom; outline: readonly NormPoint[] }) {
  const { id, name, face } = room;
  if (!face)
    return (
      <PlanLabel at={labelPoint(outline)} look="plain">
        {name}
      </PlanLabel>
    );
  return (
    <PlanLabel at={labelPoint(outline)} look={face.state}>
      <Link
        to="/rooms/$roomId"
        params={{ roomId: id }}
        data-testid={`plan-room-${id}`}
        data-state={face.state}
        data-count={countOf(face)}
      >
        <span className="plan-label-name">{name}</span>
        <FaceWord face={face} />
      </Link>
    </PlanLabel>
  );
}

function FaceWord({ face }: { face: RoomFace }) {
  const { t } = useTranslation('rooms');
  if (face.state === 'people')
    return (
      <>
        <strong aria-hidden>{rangeText(face.min, face.max)}</strong>
        <span className="visually-hidden">
          {rangeText(face.min, face.max)}{' '}
          {t(face.max === null ? 'peopleAtLeast' : 'peopleSeen', { count: face.max ?? face.min })}
        </span>
      </>
    );
  return <strong>{t(face.state === 'empty' ? 'seenEmpty' : 'unknown')}</strong>;
}
