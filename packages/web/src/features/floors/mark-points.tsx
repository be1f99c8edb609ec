import type { NormPoint } from '@vigie/contracts/vision';
import { type PointerEvent, useRef } from 'react';
import { type NamedShape, onPicture, PointEditor } from '../cameras/index.ts';
import type { NamedMark } from './mark-list.tsx';
import { type Mark, pulledPoints } from './plan-draft.ts';

interface MarkPointsProps {
  mark: NamedMark;
  points: readonly NormPoint[];
  /** Just added: a pull over the plan says where it lies. */
  isFresh: boolean;
  onPoints: (points: readonly NormPoint[]) => void;
  onPlaced: () => void;
}

const shapeKind: Record<Mark['kind'], NamedShape['kind']> = {
  room: 'polygon',
  camera: 'line',
  door: 'line',
  assembly: 'points',
};

/** The points of the thing that is being drawn. */
export function MarkPoints({ mark, points, isFresh, onPoints, onPlaced }: MarkPointsProps) {
  const { kind, id, name } = mark;
  const shape = { id, kind: shapeKind[kind], name, look: `mark-${kind}`, points };
  return (
    <PointEditor
      shapes={[shape]}
      onPoints={(_, moved) => {
        onPoints(moved);
        onPlaced();
      }}
    >
      {isFresh && <PullArea mark={mark} onPoints={onPoints} onPlaced={onPlaced} />}
    </PointEditor>
  );
}

/** A pull shorter than this share of the plan is a slip of the finger. */
const shortest = 0.015;

/** Takes a pull from one corner to the other. For the eye and the hand alone: by keys the points are moved. */
function PullArea({
  mark,
  onPoints,
  onPlaced,
}: Pick<MarkPointsProps, 'mark' | 'onPoints' | 'onPlaced'>) {
  const from = useRef<NormPoint>(undefined);
  const pointAt = (event: PointerEvent<HTMLDivElement>): NormPoint => {
    const area = event.currentTarget.getBoundingClientRect();
    return onPicture(
      (event.clientX - area.left) / area.width,
      (event.clientY - area.top) / area.height,
    );
  };
  const pull = (event: PointerEvent<HTMLDivElement>): boolean => {
    if (!from.current) return false;
    const to = pointAt(event);
    const length = Math.hypot(to[0] - from.current[0], to[1] - from.current[1]);
    if (mark.kind !== 'assembly' && length < shortest) return false;
    onPoints(pulledPoints(mark, from.current, to));
    return true;
  };
  return (
    <div
      className="plan-pull"
      aria-hidden
      onPointerDown={(event) => {
        from.current = pointAt(event);
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={pull}
      onPointerUp={(event) => {
        const isPlaced = pull(event);
        from.current = undefined;
        if (isPlaced) onPlaced();
      }}
      onPointerCancel={() => {
        from.current = undefined;
      }}
    />
  );
}
