import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isDrawn } from './board-floors.ts';
import { BoardFloors, type BoardRoomsProps } from './board-floors.tsx';
import { BoardRow, type ShownRoom } from './board-row.tsx';

/** Above so many rooms they stand beside each other, so that all fit one screen. */
const MOST_ROWS = 8;

const views = ['list', 'plan'] as const;
const viewKey = 'vigie.board-view';

/** The rooms as a list or on their plans, as this browser showed them last. Without a plan: the list. */
export function BoardRooms(props: BoardRoomsProps) {
  const { t } = useTranslation('alarm');
  const [view, setView] = useState(() => localStorage.getItem(viewKey) ?? 'list');
  const { rooms, plan } = props;
  const hasPlan = plan !== undefined && isDrawn(plan.floors, rooms);
  const choose = (chosen: string) => {
    localStorage.setItem(viewKey, chosen);
    setView(chosen);
  };
  if (rooms.length === 0) return <p className="board-none">{t('noRooms')}</p>;
  return (
    <>
      {hasPlan && (
        <fieldset className="board-view">
          <legend className="visually-hidden">{t('view')}</legend>
          {views.map((one) => (
            <button key={one} type="button" aria-pressed={view === one} onClick={() => choose(one)}>
              {t(`view.${one}`)}
            </button>
          ))}
        </fieldset>
      )}
      {plan && !hasPlan && plan.canDraw && (
        <p className="board-view">
          {t('view.noPlan')} <Link to="/plans">{t('view.draw')}</Link>
        </p>
      )}
      {hasPlan && view === 'plan' ? (
        <BoardFloors {...props} plan={plan} />
      ) : (
        <RoomList {...props} />
      )}
    </>
  );
}

/** The rooms that need somebody stand first and large; when there are many, the others beside each other. */
function RoomList({ rooms, actionsFor }: Pick<BoardRoomsProps, 'rooms' | 'actionsFor'>) {
  const isNeed = ({ standing: { kind } }: ShownRoom) =>
    kind === 'people' || kind === 'contradiction';
  const linesOf = (some: readonly ShownRoom[]) =>
    some.map((shown) => (
      <BoardRow
        key={shown.row.room.id}
        {...shown}
        actions={actionsFor?.(shown.row, shown.standing)}
      />
    ));
  if (rooms.length <= MOST_ROWS) return <ol className="board-rows">{linesOf(rooms)}</ol>;
  return (
    <>
      <ol className="board-rows board-rows-dense board-rows-need">
        {linesOf(rooms.filter(isNeed))}
      </ol>
      <ol className="board-rows board-rows-dense">
        {linesOf(rooms.filter((room) => !isNeed(room)))}
      </ol>
    </>
  );
}
