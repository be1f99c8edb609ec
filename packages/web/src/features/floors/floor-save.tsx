import { Button } from '@mantine/core';
import IconArrowBackUp from '@tabler/icons-react/icons/IconArrowBackUp';
import IconArrowForwardUp from '@tabler/icons-react/icons/IconArrowForwardUp';
import type { FloorView } from '@vigie/contracts/floors';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../face/notice.tsx';
import { type History, historyOf, redone, undone } from './history.ts';
import type { NamedMark } from './mark-list.tsx';
import { draftOf, type FloorDraft, isSameMark, wrongMarks } from './plan-draft.ts';
import { useChangeFloor } from './queries.ts';

interface FloorSaveProps {
  /** as it is stored */
  base: FloorView;
  history: History<FloorDraft>;
  /** everything that has a name here */
  marks: readonly NamedMark[];
  onHistory: (history: History<FloorDraft>) => void;
  onSaved: (floor: FloorView) => void;
}

/** Back, forth, and all of it kept in one request. */
export function FloorSave({ base, history, marks, onHistory, onSaved }: FloorSaveProps) {
  const { t } = useTranslation('floors');
  const errorText = useErrorText();
  const saving = useChangeFloor(base.id);
  const draft = history.now;
  const wrong = wrongMarks(draft.drawing);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(draftOf(base));
  const isReady = isChanged && wrong.length === 0 && draft.name.trim() !== '';
  const save = () => {
    const { plan, name, ...rest } = draft;
    const change = { ...rest, name: name.trim(), revision: base.revision };
    saving.mutate(plan ? { ...change, plan: plan.picture } : change, {
      onSuccess: (floor) => {
        onSaved(floor);
        onHistory(historyOf(draftOf(floor)));
      },
    });
  };
  return (
    <div className="camera-save">
      <div role="status" className="state-fault">
        {wrong.map((mark) => (
          <p key={`${mark.kind} ${mark.id}`}>
            {t(`wrong.${mark.kind}`, {
              name: marks.find((one) => isSameMark(one, mark))?.name ?? mark.id,
            })}
          </p>
        ))}
        {saving.error && isChanged && <p>{errorText(saving.error)}</p>}
        {saving.isSuccess && !isChanged && <p className="quiet">{t('saved')}</p>}
      </div>
      <Button disabled={!isReady} loading={saving.isPending} onClick={save}>
        {t('save')}
      </Button>
      <Button
        variant="default"
        disabled={history.past.length === 0}
        leftSection={<IconArrowBackUp size={18} aria-hidden />}
        onClick={() => onHistory(undone(history))}
      >
        {t('undo')}
      </Button>
      <Button
        variant="default"
        disabled={history.future.length === 0}
        leftSection={<IconArrowForwardUp size={18} aria-hidden />}
        onClick={() => onHistory(redone(history))}
      >
        {t('redo')}
      </Button>
    </div>
  );
}
