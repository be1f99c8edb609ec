import { ActionIcon, Button, NativeSelect } from '@mantine/core';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import IconTrash from '@tabler/icons-react/icons/IconTrash';
import type { PlanDrawing } from '@vigie/contracts/floors';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { freshDoorId, isSameMark, type Mark, pointsOf, withDoorKind } from './plan-draft.ts';

/** A thing with the name that people know it by. */
export interface NamedMark extends Mark {
  name: string;
}

interface MarkActs {
  drawing: PlanDrawing;
  selected: Mark | undefined;
  onSelect: (mark: Mark) => void;
  onDraw: (mark: Mark) => void;
  onRemove: (mark: Mark) => void;
}

interface MarkListProps extends MarkActs {
  title: string;
  /** Said when there is nothing of this kind. */
  none: string;
  marks: readonly NamedMark[];
  /** They may as well stand on another floor. */
  isOptional?: boolean;
}

/** Things that may stand on the plan; those that do not yet are first. */
export function MarkList({ title, none, marks, isOptional = false, ...acts }: MarkListProps) {
  const { t } = useTranslation('floors');
  const isDrawn = (mark: Mark) => pointsOf(acts.drawing, mark).length > 0;
  const missing = marks.filter((mark) => !isDrawn(mark));
  return (
    <fieldset className="camera-part">
      <legend>{title}</legend>
      {marks.length === 0 && <p className="quiet small">{none}</p>}
      {missing.length > 0 && !isOptional && (
        <p className="state-fault small">{t('missing', { count: missing.length })}</p>
      )}
      <ul>
        {missing.map((mark) => (
          <li key={mark.id} className={`mark-row mark-${mark.kind}`}>
            <span>{mark.name}</span>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPlus size={16} aria-hidden />}
              aria-label={t('place', { name: mark.name })}
              onClick={() => acts.onDraw(mark)}
            >
              {t('placeShort')}
            </Button>
          </li>
        ))}
        {marks.filter(isDrawn).map((mark) => (
          <MarkRow key={mark.id} mark={mark} {...acts} />
        ))}
      </ul>
    </fieldset>
  );
}

function MarkRow({
  mark,
  children,
  ...acts
}: { mark: NamedMark; children?: ReactNode } & MarkActs) {
  const { t } = useTranslation('floors');
  const isSelected = isSameMark(acts.selected, mark);
  return (
    <li className={`mark-row mark-${mark.kind}`}>
      <button
        type="button"
        className="mark-name"
        aria-pressed={isSelected}
        onClick={() => acts.onSelect(mark)}
      >
        {mark.name}
      </button>
      {children}
      <ActionIcon
        variant="subtle"
        color="gray"
        size={40}
        aria-label={t('remove', { name: mark.name })}
        onClick={() => acts.onRemove(mark)}
      >
        <IconTrash size={18} aria-hidden />
      </ActionIcon>
    </li>
  );
}

interface DoorListProps extends MarkActs {
  marks: readonly NamedMark[];
  onDrawing: (drawing: PlanDrawing) => void;
}

/** Doors exist by being drawn. */
export function DoorList({ marks, onDrawing, ...acts }: DoorListProps) {
  const { t } = useTranslation('floors');
  return (
    <fieldset className="camera-part">
      <legend>{t('doors')}</legend>
      {marks.length === 0 && <p className="quiet small">{t('noDoors')}</p>}
      <ul>
        {marks.map((mark) => (
          <MarkRow key={mark.id} mark={mark} {...acts}>
            <NativeSelect
              size="xs"
              aria-label={t('doorKind', { name: mark.name })}
              value={acts.drawing.doors.find(({ id }) => id === mark.id)?.kind ?? 'door'}
              data={(['door', 'exit'] as const).map((value) => ({
                value,
                label: t(`kind.${value}`),
              }))}
              onChange={({ currentTarget: { value } }) =>
                onDrawing(withDoorKind(acts.drawing, mark.id, value === 'exit' ? 'exit' : 'door'))
              }
            />
          </MarkRow>
        ))}
      </ul>
      <Button
        variant="default"
        size="sm"
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={() => acts.onDraw({ kind: 'door', id: freshDoorId(acts.drawing) })}
      >
        {t('addDoor')}
      </Button>
    </fieldset>
  );
}
