import type { BoardRoom } from '@vigie/contracts/evacuation';
import type { FloorView } from '@vigie/contracts/floors';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FloorPlan, imageOf, PlanPeople, type PlanRoom } from '../floors/index.ts';
import { countOf } from '../rooms/index.ts';
import { type BoardFloor, boardFloors, type PlanOnBoard, statesIn } from './board-floors.ts';
import { BoardRow, rowId, type ShownRoom } from './board-row.tsx';
import type { StandingFace } from './standing.ts';

export interface BoardRoomsProps {
  /** Biggest need first. */
  rooms: readonly ShownRoom[];
  /** undefined: it is not there yet */
  plan: PlanOnBoard | undefined;
  actionsFor?: ((row: BoardRoom, standing: StandingFace) => ReactNode) | undefined;
}

interface BoardFloorsProps extends BoardRoomsProps {
  plan: PlanOnBoard;
}

/** One floor at a time, first the one with the biggest need: its plan, and beside it its rooms in order of need. */
export function BoardFloors({ rooms, plan, actionsFor }: BoardFloorsProps) {
  const { t } = useTranslation('alarm');
  const floors = boardFloors(plan.floors, rooms);
  const [name, setName] = useState(rooms[0]?.row.room.floor);
  const chosen = floors.find((floor) => floor.name === name) ?? floors[0];
  if (!chosen) return null;
  return (
    <>
      <fieldset className="board-floors">
        <legend className="visually-hidden">{t('sweep.floor')}</legend>
        {floors.map((floor) => (
          <FloorButton
            key={floor.name}
            floor={floor}
            isChosen={floor === chosen}
            onChoose={() => setName(floor.name)}
          />
        ))}
      </fieldset>
      <div className="board-floor">
        {chosen.floor && <Plan floor={chosen.floor} rooms={chosen.rooms} plan={plan} />}
        <ol className="board-rows board-rows-dense" aria-label={chosen.name || t('sweep.noFloor')}>
          {chosen.rooms.map((shown) => (
            <BoardRow
              key={shown.row.room.id}
              {...shown}
              actions={actionsFor?.(shown.row, shown.standing)}
            />
          ))}
        </ol>
      </div>
    </>
  );
}

interface FloorButtonProps {
  floor: BoardFloor<ShownRoom>;
  isChosen: boolean;
  onChoose: () => void;
}

/** A floor by its name, and how many of its rooms are in which state. */
function FloorButton({ floor: { name, rooms }, isChosen, onChoose }: FloorButtonProps) {
  const { t } = useTranslation('alarm');
  const states = statesIn(rooms);
  return (
    <button type="button" aria-pressed={isChosen} onClick={onChoose}>
      <strong>{name || t('sweep.noFloor')}</strong>
      {states.map(([kind, count]) => (
        <span key={kind} className={`board-floor-${kind}`}>
          {t(`floor.${kind}`, { count })}
        </span>
      ))}
      {states.length === 0 && <span>{t('floor.none')}</span>}
    </button>
  );
}

interface PlanProps {
  floor: FloorView;
  rooms: readonly ShownRoom[];
  plan: PlanOnBoard;
}

/** Touching a room leads to its line. */
function Plan({ floor, rooms, plan }: PlanProps) {
  return (
    <FloorPlan
      name={floor.name}
      drawing={floor.drawing}
      image={imageOf(floor, plan.pictures)}
      rooms={rooms.map(planRoom)}
      assemblyPoints={plan.assemblyPoints}
      onRoom={(roomId) => document.getElementById(rowId(roomId))?.focus()}
    />
  );
}

const planRoom = ({ row: { room }, face, standing }: ShownRoom): PlanRoom => ({
  id: room.id,
  name: room.name,
  shown: {
    state: standing.kind,
    count: countOf(face),
    says: <StandingWord standing={standing} />,
  },
});

function StandingWord({ standing }: { standing: StandingFace }) {
  const { t } = useTranslation('alarm');
  if (standing.kind === 'people') return <PlanPeople min={standing.min} max={standing.max} />;
  return (
    <strong>
      {standing.kind === 'swept' && '✓ '}
      {t(`room.${standing.kind}`)}
    </strong>
  );
}
