import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isDrawn } from './board-floors.ts';
import { BoardFloors, type BoardRoomsProps } from './board-floors.tsx';
import { BoardRow } from './board-row.tsx';

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

/** Rooms one after the other, biggest need first. */
function RoomList({ rooms, actionsFor }: Pick<BoardRoomsProps, 'rooms' | 'actionsFor'>) {
  return (
    <ol className={rooms.length > MOST_ROWS ? 'board-rows board-rows-dense' : 'board-rows'}>
      {rooms.map((shown) => (
        <BoardRow
          key={shown.row.room.id}
          {...shown}
          actions={actionsFor?.(shown.row, shown.standing)}
        />
      ))}
    </ol>
  );
}
