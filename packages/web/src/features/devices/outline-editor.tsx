import type { NormPolygon, WatchedSpace } from '@vigie/contracts/vision';
import { middleOf, PointEditor } from '../cameras/index.ts';

interface OutlineEditorProps {
  spaces: readonly WatchedSpace[];
  labelOf: (spaceId: string) => string;
  /** Whose outline has points to move. */
  chosen: string | undefined;
  mayDraw: boolean;
  onChoose: (spaceId: string) => void;
  onDraw: (spaceId: string, polygon: NormPolygon) => void;
}

/** The outlines over a picture; the chosen one can be moved. */
export function OutlineEditor(props: OutlineEditorProps) {
  const { spaces, chosen, mayDraw, labelOf, onChoose, onDraw } = props;
  const drawn = spaces.filter(({ spaceId }) => mayDraw && spaceId === chosen);
  return (
    <div className="outlines">
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
        <Name key={spaceId} text={labelOf(spaceId)} polygon={polygon} />
      ))}
      <PointEditor
        shapes={drawn.map(({ spaceId, polygon }) => ({
          id: spaceId,
          kind: 'polygon',
          points: polygon,
          name: labelOf(spaceId),
          look: 'mark-space',
        }))}
        onPoints={(spaceId, points) => onDraw(spaceId, [...points])}
      />
    </div>
  );
}

function Name({ text, polygon }: { text: string; polygon: NormPolygon }) {
  const [x, y] = middleOf(polygon);
  return (
    <span className="outline-name" style={{ left: `${x * 100}%`, top: `${y * 100}%` }}>
      {text}
    </span>
  );
}

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
