import { Button, FileButton, NumberInput, TextInput } from '@mantine/core';
import IconUpload from '@tabler/icons-react/icons/IconUpload';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FloorDraft } from './plan-draft.ts';
import { planFromFile } from './plan-file.ts';

interface FloorFieldsProps {
  draft: FloorDraft;
  hasPlan: boolean;
  onDraft: (draft: FloorDraft) => void;
}

const mediaTypes = 'image/svg+xml,image/png,image/jpeg,image/webp,application/pdf';

/** Name, level and plan of the floor. */
export function FloorFields({ draft, hasPlan, onDraft }: FloorFieldsProps) {
  const { t } = useTranslation('floors');
  const [page, setPage] = useState<number | string>(1);
  const [isUnreadable, setIsUnreadable] = useState(false);
  const take = async (file: File | null) => {
    if (!file) return;
    try {
      onDraft({ ...draft, plan: await planFromFile(file, Number(page) || 1) });
      setIsUnreadable(false);
    } catch {
      setIsUnreadable(true);
    }
  };
  return (
    <fieldset className="camera-part floor-fields">
      <legend>{t('floor')}</legend>
      <TextInput
        label={t('name')}
        maxLength={40}
        value={draft.name}
        error={draft.name.trim() === '' ? t('nameMissing') : null}
        onChange={({ currentTarget }) => onDraft({ ...draft, name: currentTarget.value })}
      />
      <NumberInput
        label={t('level')}
        description={t('levelMeans')}
        min={-20}
        max={200}
        allowDecimal={false}
        value={draft.level}
        onChange={(level) => onDraft({ ...draft, level: Number(level) || 0 })}
      />
      <div className="floor-upload">
        <FileButton
          accept={mediaTypes}
          onChange={take}
          inputProps={{ 'aria-label': t('planFile') }}
        >
          {(props) => (
            <Button variant="default" leftSection={<IconUpload size={16} aria-hidden />} {...props}>
              {t(hasPlan ? 'otherPlan' : 'upload')}
            </Button>
          )}
        </FileButton>
        <NumberInput
          label={t('page')}
          size="xs"
          min={1}
          max={999}
          allowDecimal={false}
          value={page}
          onChange={setPage}
        />
      </div>
      <p className={isUnreadable ? 'state-fault small' : 'quiet small'} role="status">
        {t(isUnreadable ? 'unreadable' : hasPlan ? 'planKinds' : 'planFirst')}
      </p>
    </fieldset>
  );
}
