import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { PlannedDrill } from '@vigie/contracts/drills';
import { momentOnWall, wallText } from '@vigie/contracts/wall-clock';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
import { useApi, useNow, useTimeStyle } from '../../platform/react.tsx';
import { buildingsQuery } from '../rooms/index.ts';
import { useDrills } from './queries.ts';

const weekMs = 7 * 86_400_000;

/** `drill` undefined: a new plan. */
export function DrillForm({
  drill,
  onDone,
}: {
  drill: PlannedDrill | undefined;
  onDone: () => void;
}) {
  const { t } = useTranslation('drills');
  const { timeZone } = useTimeStyle();
  const nowMs = useNow();
  const buildings = useQuery(buildingsQuery(useApi())).data ?? [];
  const [buildingId, setBuilding] = useState(drill?.buildingId);
  const [hour, setHour] = useState(() =>
    wallText(drill ? new Date(drill.at) : new Date(nowMs + weekMs), timeZone),
  );
  const [startsItself, setStartsItself] = useState(drill?.startsItself ?? false);
  const [note, setNote] = useState(drill?.note ?? '');
  const [isTried, setTried] = useState(false);
  const { save } = useDrills();
  const chosen = buildingId ?? buildings[0]?.id;
  const at = momentOnWall(hour, timeZone);
  const isFuture = at !== undefined && at.getTime() > nowMs;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!isFuture || chosen === undefined) return;
    const entry = { buildingId: chosen, id: drill?.id, at: at.toISOString(), startsItself, note };
    save.mutate(entry, { onSuccess: onDone });
  };
  return (
    <form className="drill-form" onSubmit={submit} noValidate>
      <NativeSelect
        label={t('building')}
        disabled={drill !== undefined}
        value={chosen ?? ''}
        onChange={({ currentTarget: { value } }) => setBuilding(value)}
        data={buildings.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <TextInput
        type="datetime-local"
        label={t('hour')}
        description={t('hourHint')}
        value={hour}
        error={isTried && !isFuture && t('hourMissing')}
        onChange={({ currentTarget: { value } }) => setHour(value)}
      />
      <Checkbox
        label={t('startsItself')}
        description={t('startsItselfHint')}
        checked={startsItself}
        onChange={({ currentTarget: { checked } }) => setStartsItself(checked)}
      />
      <Textarea
        label={t('note')}
        maxLength={500}
        autosize
        minRows={2}
        value={note}
        onChange={({ currentTarget: { value } }) => setNote(value)}
      />
      {save.error && <Failed error={save.error} />}
      <Button type="submit" loading={save.isPending}>
        {t(drill ? 'save' : 'plan')}
      </Button>
    </form>
  );
}
