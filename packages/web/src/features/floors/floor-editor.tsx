import type { RoomView } from '@vigie/contracts/evacuation';
import type { AssemblyPoint, FloorView } from '@vigie/contracts/floors';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AddNamed } from './add-forms.tsx';
import { FloorFields } from './floor-fields.tsx';
import { draftImage, FloorPlan } from './floor-plan.tsx';
import { FloorSave } from './floor-save.tsx';
import { changed, historyOf } from './history.ts';
import { DoorList, MarkList, type NamedMark } from './mark-list.tsx';
import { MarkPoints } from './mark-points.tsx';
import {
  draftOf,
  type FloorDraft,
  firstPoints,
  isSameMark,
  type Mark,
  pointsOf,
  withoutMark,
  withPoints,
} from './plan-draft.ts';
import { RoomFacts } from './room-facts.tsx';

interface FloorEditorProps {
  floor: FloorView;
  /** of the building */
  rooms: readonly RoomView[];
  /** of the building */
  assemblyPoints: readonly AssemblyPoint[];
  /** names of those of the building */
  floors: readonly string[];
}

/** Draws on a plan by mouse, finger or keys; nothing is kept before it is saved. */
export function FloorEditor({ floor, rooms, assemblyPoints, floors }: FloorEditorProps) {
  const { t } = useTranslation('floors');
  const [base, setBase] = useState(floor);
  const [history, setHistory] = useState(() => historyOf(draftOf(floor)));
  const [selected, setSelected] = useState<Mark>();
  const [isFresh, setIsFresh] = useState(false);
  const draft = history.now;
  const { drawing } = draft;
  const image = draftImage(draft, base);

  const change = (what: string, next: FloorDraft) =>
    setHistory((old) => changed(old, next, { what, atMs: Date.now() }));
  const setPoints = (mark: Mark, points: Parameters<typeof withPoints>[2]) =>
    change(`${mark.kind} ${mark.id}`, { ...draft, drawing: withPoints(drawing, mark, points) });
  const begin = (mark: Mark) => {
    const others = drawing.rooms.length + drawing.cameras.length + drawing.doors.length;
    setPoints(mark, firstPoints(mark, others));
    setSelected(mark);
    setIsFresh(true);
  };
  const remove = (mark: Mark) => {
    change('removal', { ...draft, drawing: withoutMark(drawing, mark) });
    setSelected(undefined);
  };

  const here = rooms.filter((room) => room.floor === base.name);
  const roomMarks = here.map(({ id, name }): NamedMark => ({ kind: 'room', id, name }));
  const cameraMarks = here.flatMap(({ cameras }) =>
    cameras.map(({ id, name }): NamedMark => ({ kind: 'camera', id, name })),
  );
  const pointMarks = assemblyPoints.map(
    ({ id, name }): NamedMark => ({ kind: 'assembly', id, name }),
  );
  const doorMarks = drawing.doors.map(
    ({ id, kind }, i): NamedMark => ({
      kind: 'door',
      id,
      name: t(`doorName.${kind}`, { number: i + 1 }),
    }),
  );
  const marks = [...roomMarks, ...cameraMarks, ...doorMarks, ...pointMarks];
  const chosen = marks.find((mark) => isSameMark(selected, mark));
  const chosenRoom =
    selected?.kind === 'room' ? here.find(({ id }) => id === selected.id) : undefined;
  const lists = {
    drawing,
    selected,
    onSelect: (mark: Mark) => {
      setSelected(mark);
      setIsFresh(false);
    },
    onDraw: begin,
    onRemove: remove,
  };

  return (
    <div className="floor-editor">
      <div className="floor-editor-plan">
        <FloorPlan
          name={draft.name}
          drawing={drawing}
          image={image}
          rooms={here.map(({ id, name }) => ({
            id,
            name: id === chosenRoom?.id ? '' : name,
            shown: null,
          }))}
          assemblyPoints={assemblyPoints}
        >
          {chosen && pointsOf(drawing, chosen).length > 0 && (
            <MarkPoints
              mark={chosen}
              points={pointsOf(drawing, chosen)}
              isFresh={isFresh}
              onPoints={(points) => setPoints(chosen, points)}
              onPlaced={() => setIsFresh(false)}
            />
          )}
        </FloorPlan>
        <p className="quiet small" role="status">
          {chosen && isFresh ? t(`pull.${chosen.kind}`, { name: chosen.name }) : t('how')}
        </p>
        <FloorSave
          base={base}
          history={history}
          marks={marks}
          onHistory={setHistory}
          onSaved={setBase}
        />
      </div>
      <div className="floor-editor-marks">
        <FloorFields
          draft={draft}
          hasPlan={image !== null}
          onDraft={(next) => change('floor', next)}
        />
        <MarkList title={t('rooms')} none={t('noRooms')} marks={roomMarks} {...lists} />
        {chosenRoom && (
          <RoomFacts
            key={chosenRoom.id}
            room={chosenRoom}
            floors={floors}
            points={assemblyPoints}
          />
        )}
        <AddNamed
          label={t('newRoom')}
          stem={base.buildingId}
          onAdd={(room) => ({
            rooms: [{ ...room, buildingId: base.buildingId, floor: base.name, capacity: null }],
          })}
        />
        <MarkList title={t('cameras')} none={t('noCameras')} marks={cameraMarks} {...lists} />
        <DoorList
          marks={doorMarks}
          {...lists}
          onDrawing={(next) => change('doors', { ...draft, drawing: next })}
        />
        <MarkList
          title={t('assemblyPoints')}
          none={t('noPoints')}
          marks={pointMarks}
          isOptional
          {...lists}
        />
        <AddNamed
          label={t('newPoint')}
          stem={base.buildingId}
          onAdd={(point) => ({
            assemblyPoints: [{ ...point, buildingId: base.buildingId, place: '' }],
          })}
        />
      </div>
    </div>
  );
}
