import type { NormPolygon, WatchedSpace } from '@vigie/contracts/vision';
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { middleOf, movedOutline, type Shift, shiftOfKey, withCornerMoved } from './outline.ts';

interface OutlineEditorProps {
  spaces: readonly WatchedSpace[];
  labelOf: (spaceId: string) => string;
  /** Whose outline has handles. */
  chosen: string | undefined;
  mayDraw: boolean;
  onChoose: (spaceId: string) => void;
  onDraw: (spaceId: string, polygon: NormPolygon) => void;
}

/** The outlines over a picture. The chosen one is moved by its handles: with a finger, a mouse or the arrow keys. */
export function OutlineEditor(props: OutlineEditorProps) {
  const { spaces, chosen, mayDraw, labelOf, onChoose } = props;
  const frame = useRef<HTMLDivElement>(null);
  const selected = spaces.find(({ spaceId }) => spaceId === chosen);
  return (
    <div className="outlines" ref={frame}>
      <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
        {spaces.map(({ spaceId, polygon }) => (
          <Outline
            key={spaceId}
            polygon={polygon}
            isChosen={spaceId === chosen}
            onChoose={() => onChoose(spaceId)}
          />
        ))}
      </svg>
      {spaces.map(({ spaceId, polygon }) => (
        <span key={spaceId} className="outline-name" style={placeOf(middleOf(polygon))}>
          {labelOf(spaceId)}
        </span>
      ))}
      {selected && mayDraw && <Handles {...props} space={selected} frame={frame} />}
    </div>
  );
}

const placeOf = ({ x, y }: { x: number; y: number }) => ({
  left: `${x * 100}%`,
  top: `${y * 100}%`,
});

interface OutlineProps {
  polygon: NormPolygon;
  isChosen: boolean;
  onChoose: () => void;
}

/** A dark line under a light one is seen on any picture. */
function Outline({ polygon, isChosen, onChoose }: OutlineProps) {
  const points = polygon.map((point) => point.join()).join(' ');
  return (
    <g className={isChosen ? 'outline outline-chosen' : 'outline'} onPointerDown={onChoose}>
      <polygon className="outline-under" points={points} />
      <polygon className="outline-line" points={points} />
    </g>
  );
}

interface HandlesProps extends OutlineEditorProps {
  space: WatchedSpace;
  frame: React.RefObject<HTMLDivElement | null>;
}

function Handles({ space: { spaceId, polygon }, frame, labelOf, onDraw }: HandlesProps) {
  const { t } = useTranslation('devices');
  const space = labelOf(spaceId);
  return (
    <>
      <Handle
        kind="whole"
        label={t('moveOutline', { space })}
        at={middleOf(polygon)}
        frame={frame}
        onShift={(shift) => onDraw(spaceId, movedOutline(polygon, shift))}
      />
      {polygon.map(([x, y], corner) => (
        <Handle
          // biome-ignore lint/suspicious/noArrayIndexKey: a corner is its place in the outline
          key={corner}
          kind="corner"
          label={t('moveCorner', { corner: corner + 1, space })}
          at={{ x, y }}
          frame={frame}
          onShift={(shift) => onDraw(spaceId, withCornerMoved(polygon, corner, shift))}
        />
      ))}
    </>
  );
}

interface HandleProps {
  kind: 'corner' | 'whole';
  label: string;
  at: { x: number; y: number };
  frame: HandlesProps['frame'];
  onShift: (shift: Shift) => void;
}

function Handle({ kind, label, at, frame, onShift }: HandleProps) {
  const held = useRef<{ x: number; y: number }>(undefined);
  const take = (event: PointerEvent) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    held.current = { x: event.clientX, y: event.clientY };
  };
  const drag = ({ clientX: x, clientY: y }: PointerEvent) => {
    const box = frame.current?.getBoundingClientRect();
    if (!held.current || !box) return;
    onShift({ dx: (x - held.current.x) / box.width, dy: (y - held.current.y) / box.height });
    held.current = { x, y };
  };
  const release = () => {
    held.current = undefined;
  };
  const press = (event: KeyboardEvent) => {
    const shift = shiftOfKey(event.key, event.shiftKey);
    if (!shift) return;
    event.preventDefault();
    onShift(shift);
  };
  return (
    <button
      type="button"
      className={`outline-handle outline-${kind}`}
      aria-label={label}
      style={placeOf(at)}
      onPointerDown={take}
      onPointerMove={drag}
      onPointerUp={release}
      onPointerCancel={release}
      onKeyDown={press}
    />
  );
}
