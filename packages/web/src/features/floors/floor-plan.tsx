import { Link } from '@tanstack/react-router';
import type { FloorView, PlanDrawing } from '@vigie/contracts/floors';
import type { NormPoint } from '@vigie/contracts/vision';
import { type CSSProperties, type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { middleOf } from '../cameras/index.ts';
import { rangeText } from '../rooms/index.ts';
import { labelPoint } from './label-point.ts';
import type { FloorDraft } from './plan-draft.ts';
import './floors.css';

/** The picture of a plan; sizes in any unit, only their proportion counts. */
export interface PlanImage {
  url: string;
  width: number;
  height: number;
}

/** A room as the plan shows it. `shown` null: only where it lies. */
export interface PlanRoom {
  id: string;
  name: string;
  shown: {
    state: 'people' | 'contradiction' | 'unknown' | 'empty' | 'swept';
    /** For machines; '' while it is unknown. */
    count: number | '';
    /** The same for people, in a word or a number. */
    says: ReactNode;
  } | null;
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
  /** Told of a room that is touched; absent: it leads to the room's page. */
  onRoom?: (roomId: string) => void;
  /** What lies over it. */
  children?: ReactNode;
}

/** Blank paper, where there is no picture. */
const paper = { width: 4, height: 3 };
/** Of the drawing over the picture, in its own units. */
const wide = 1000;

/** The stored picture of a floor's plan. `under`: the path before it; `token`: of a link. */
export const imageOf = (
  { id, plan }: FloorView,
  { under = '/api/v1', token }: { under?: string; token?: string } = {},
): PlanImage | null =>
  plan && {
    url: `${under}/floors/${encodeURIComponent(id)}/plan?${new URLSearchParams({
      ...(token === undefined ? {} : { token }),
      v: plan.digest,
    })}`,
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
  onRoom,
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
      <div
        className="plan-paper"
        style={{ aspectRatio: `${width} / ${height}`, '--ratio': width / height } as CSSProperties}
      >
        {image && <img src={image.url} alt="" />}
        <PlanLines drawing={drawing} drawn={drawn} tall={(wide * height) / width} />
        <ul className="plan-labels">
          {drawn.map(({ room, outline }) => (
            <RoomLabel key={room.id} room={room} outline={outline} onRoom={onRoom} />
          ))}
          {drawing.doors
            .filter(({ kind }) => kind === 'exit')
            .map(({ id, from, to }) => (
              <PlanLabel key={id} at={middleOf([from, to])} look="exit">
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
  const split = useId();
  const fills: Record<string, string> = {
    unknown: `url(#${hatch})`,
    contradiction: `url(#${split})`,
  };
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
        <linearGradient id={split} x2="1" y2="0.4">
          <stop className="plan-split-one" offset="0.5" />
          <stop className="plan-split-other" offset="0.5" />
        </linearGradient>
      </defs>
      {drawn.map(({ room, outline }) => (
        <polygon
          key={room.id}
          className={`plan-room plan-room-${room.shown?.state ?? 'plain'}`}
          points={listed(outline)}
          style={{ fill: fills[room.shown?.state ?? ''] }}
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

interface PlanLabelProps {
  at: readonly [number, number];
  look: string;
  /** How wide it may be, as a share of the plan; absent: as the style says. */
  most?: number;
  children: ReactNode;
}

const PlanLabel = ({ at: [x, y], look, most, children }: PlanLabelProps) => (
  <li
    className={`plan-label plan-label-${look}`}
    style={{
      left: `${x * 100}%`,
      top: `${y * 100}%`,
      ...(most === undefined ? {} : { maxWidth: `${most * 100}cqi` }),
    }}
  >
    {children}
  </li>
);

interface RoomLabelProps {
  room: PlanRoom;
  outline: readonly NormPoint[];
  onRoom: FloorPlanProps['onRoom'];
}

function RoomLabel({ room, outline, onRoom }: RoomLabelProps) {
  const { id, name, shown } = room;
  const at = labelPoint(outline);
  if (!shown)
    return (
      <PlanLabel at={at} look="plain">
        {name}
      </PlanLabel>
    );
  const marks = {
    'data-testid': `plan-room-${id}`,
    'data-state': shown.state,
    'data-count': shown.count,
  };
  const says = (
    <>
      <span className="plan-label-name">{name}</span>
      {shown.says}
    </>
  );
  return (
    <PlanLabel at={at} look={shown.state} most={widthOf(outline)}>
      {onRoom ? (
        <button type="button" onClick={() => onRoom(id)} {...marks}>
          {says}
        </button>
      ) : (
        <Link to="/rooms/$roomId" params={{ roomId: id }} {...marks}>
          {says}
        </Link>
      )}
    </PlanLabel>
  );
}

const widthOf = (outline: readonly NormPoint[]): number => {
  const xs = outline.map(([x]) => x);
  return Math.max(...xs) - Math.min(...xs);
};

/** A number of people on the plan, and the same in a sentence for who listens. */
export function PlanPeople({ min, max }: { min: number; max: number | null }) {
  const { t } = useTranslation('rooms');
  const people = rangeText(min, max);
  return (
    <>
      <strong aria-hidden>{people}</strong>
      <span className="visually-hidden">
        {people} {t(max === null ? 'peopleAtLeast' : 'peopleSeen', { count: max ?? min })}
      </span>
    </>
  );
}
