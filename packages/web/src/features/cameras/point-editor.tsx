import type { NormPoint } from '@vigie/contracts/vision';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Shape } from './draft.ts';
import { middleOf, middlesOf, movedTo, nudged, onPicture } from './points.ts';
import './cameras.css';

/** A shape as it is drawn: `name` is spoken with each of its points. */
export interface NamedShape extends Shape {
  name: string;
  /** of the stylesheet */
  look: string;
}

interface PointEditorProps {
  shapes: readonly NamedShape[];
  onPoints: (id: string, points: readonly NormPoint[]) => void;
  /** What else stands over the picture. */
  children?: ReactNode;
}

const fewestCorners = 3;
const percent = (share: number): string => `${share * 100}%`;
const pointList = (points: readonly NormPoint[]): string =>
  points.map((point) => point.join()).join(' ');

/** Points over a picture, moved by mouse, finger or arrow keys, an area also as a whole; lies over whatever it is put into. */
export function PointEditor({ shapes, onPoints, children }: PointEditorProps) {
  const field = useRef<HTMLDivElement>(null);
  const pointAt = (event: PointerEvent): NormPoint | undefined => {
    const area = field.current?.getBoundingClientRect();
    if (!area || area.width === 0 || area.height === 0) return undefined;
    return onPicture(
      (event.clientX - area.left) / area.width,
      (event.clientY - area.top) / area.height,
    );
  };
  return (
    <div className="point-editor" ref={field}>
      <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden>
        {shapes.map(({ id, kind, points, look }) =>
          kind === 'line' ? (
            <polyline key={id} className={look} points={pointList(points)} />
          ) : (
            <polygon key={id} className={look} points={pointList(points)} />
          ),
        )}
      </svg>
      {children}
      {shapes.map((shape) => (
        <ShapePoints key={shape.id} shape={shape} onPoints={onPoints} pointAt={pointAt} />
      ))}
    </div>
  );
}

interface ShapePointsProps extends Pick<PointEditorProps, 'onPoints'> {
  shape: NamedShape;
  pointAt: (event: PointerEvent) => NormPoint | undefined;
}

function ShapePoints({ shape, onPoints, pointAt }: ShapePointsProps) {
  const { t } = useTranslation('cameras');
  const { id, kind, name, look, points } = shape;
  const isArea = kind === 'polygon';
  const canLose = isArea && points.length > fewestCorners;
  return (
    <>
      {isArea && (
        <Handle
          point={middleOf(points)}
          look={`point-whole ${look}`}
          label={t('movePoints', { name })}
          text=""
          pointAt={pointAt}
          onMove={(at) => onPoints(id, movedTo(points, at))}
          onRemove={undefined}
        />
      )}
      {isArea &&
        middlesOf(points).map(({ index, point }) => (
          <button
            key={`edge-${index}`}
            type="button"
            className={`point point-edge ${look}`}
            style={{ left: percent(point[0]), top: percent(point[1]) }}
            aria-label={t('addCorner', { name, number: index })}
            onClick={() => onPoints(id, points.toSpliced(index, 0, point))}
          />
        ))}
      {points.map((point, index) => (
        <Handle
          // biome-ignore lint/suspicious/noArrayIndexKey: a point is its place in the list
          key={index}
          point={point}
          look={look}
          label={t('point', {
            name,
            number: index + 1,
            x: Math.round(point[0] * 100),
            y: Math.round(point[1] * 100),
          })}
          text={kind === 'points' ? String(index + 1) : ''}
          pointAt={pointAt}
          onMove={(moved) => onPoints(id, points.with(index, moved))}
          onRemove={canLose ? () => onPoints(id, points.toSpliced(index, 1)) : undefined}
        />
      ))}
    </>
  );
}

interface HandleProps extends Pick<ShapePointsProps, 'pointAt'> {
  point: NormPoint;
  look: string;
  label: string;
  text: string;
  onMove: (point: NormPoint) => void;
  onRemove: (() => void) | undefined;
}

function Handle({ point, look, label, text, pointAt, onMove, onRemove }: HandleProps) {
  /** From where it was taken to the point itself, so that it does not jump. */
  const grip = useRef<NormPoint>(undefined);
  const take = (event: PointerEvent<HTMLButtonElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = pointAt(event);
    grip.current = at && [point[0] - at[0], point[1] - at[1]];
  };
  const pull = (event: PointerEvent) => {
    const at = grip.current && pointAt(event);
    if (grip.current && at) onMove(onPicture(at[0] + grip.current[0], at[1] + grip.current[1]));
  };
  const release = () => {
    grip.current = undefined;
  };
  const press = (event: KeyboardEvent) => {
    const moved = nudged(point, event.key, event.shiftKey);
    const isRemoval = event.key === 'Delete' || event.key === 'Backspace';
    if (moved) onMove(moved);
    else if (isRemoval && onRemove) onRemove();
    else return;
    event.preventDefault();
  };
  return (
    <button
      type="button"
      className={`point ${look}`}
      style={{ left: percent(point[0]), top: percent(point[1]) }}
      aria-label={label}
      onPointerDown={take}
      onPointerMove={pull}
      onPointerUp={release}
      onPointerCancel={release}
      onDoubleClick={onRemove}
      onKeyDown={press}
    >
      {text}
    </button>
  );
}
