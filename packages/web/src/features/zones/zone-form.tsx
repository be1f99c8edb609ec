import { Button, NumberInput, Radio, Switch, Textarea, TextInput } from '@mantine/core';
import type { Zone, ZoneChange } from '@vigie/contracts/parking';
import { wallText } from '@vigie/contracts/wall-clock';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
import { useParkingNow } from '../parking/index.ts';
import { ChainForm } from './chain-form.tsx';
import { type Draft, draftOf, readDraft } from './draft.ts';
import { Effects } from './effects.tsx';
import { type PartProps, useWrongText } from './part.ts';
import { useChange, usePreview } from './queries.ts';
import { DayExample } from './rule-words.tsx';

const dayMs = 86_400_000;

/** New rules: written, tried on the cars that stand there, and only then sent. */
export function ZoneForm({ zone, onClose }: { zone: Zone; onClose: () => void }) {
  const { t } = useTranslation(['zones', 'face']);
  const nowMs = useParkingNow();
  const [draft, setDraft] = useState(() =>
    draftOf(zone, `${wallText(new Date(nowMs + dayMs), zone.timeZone).slice(0, 10)}T00:00`),
  );
  const [wrong, setWrong] = useState<string[]>([]);
  const preview = usePreview(zone.id);
  const change = useChange(zone.id);
  const edit = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
    // What was tried is no longer what is written.
    preview.reset();
    change.reset();
  };
  const tryOut = (event: FormEvent) => {
    event.preventDefault();
    const reading = readDraft(draft);
    setWrong(reading.wrong ?? []);
    if (reading.change) preview.mutate(reading.change);
  };
  const send = (tried: ZoneChange) => change.mutate(tried, { onSuccess: onClose });
  return (
    <form className="card zone-form" onSubmit={tryOut} noValidate aria-label={t('change')}>
      <h2 className="section-title">{t('change')}</h2>
      <From draft={draft} wrong={wrong} onEdit={edit} />
      <Days draft={draft} wrong={wrong} onEdit={edit} />
      <ChainForm draft={draft} wrong={wrong} onEdit={edit} />
      <Quiet draft={draft} wrong={wrong} onEdit={edit} />
      {wrong.length > 0 && (
        <p className="zone-wrong" role="alert">
          {t('wrong.some')}
        </p>
      )}
      <div className="zone-buttons">
        <Button
          type="submit"
          variant={preview.data ? 'default' : 'filled'}
          loading={preview.isPending}
        >
          {t('tryOut')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('face:cancel')}
        </Button>
      </div>
      {preview.error && <Failed error={preview.error} />}
      {preview.data && (
        <Effects
          preview={preview.data}
          zone={zone}
          change={preview.variables}
          isSending={change.isPending}
          onSend={() => send(preview.variables)}
        />
      )}
      {change.error && <Failed error={change.error} />}
    </form>
  );
}

function From({ draft, wrong, onEdit }: PartProps) {
  const { t } = useTranslation('zones');
  const wrongText = useWrongText(wrong);
  return (
    <fieldset className="zone-part">
      <legend>{t('when')}</legend>
      <Radio.Group
        aria-label={t('when')}
        value={draft.when}
        onChange={(when) => onEdit({ when: when === 'later' ? 'later' : 'now' })}
      >
        <Radio value="now" label={t('fromNow')} />
        <Radio value="later" label={t('fromLater')} mt="xs" />
      </Radio.Group>
      {draft.when === 'later' && (
        <TextInput
          type="datetime-local"
          label={t('moment')}
          description={draft.timeZone}
          value={draft.from}
          error={wrongText('appliesFrom', 'moment')}
          onChange={({ currentTarget: { value } }) => onEdit({ from: value })}
        />
      )}
    </fieldset>
  );
}

function Days({ draft, wrong, onEdit }: PartProps) {
  const { t } = useTranslation(['zones', 'parking']);
  const wrongText = useWrongText(wrong);
  return (
    <fieldset className="zone-part">
      <legend>{t('stay')}</legend>
      <TextInput
        label={t('part.name')}
        maxLength={120}
        value={draft.name}
        error={wrongText('name', 'name')}
        onChange={({ currentTarget: { value } }) => onEdit({ name: value })}
      />
      <NumberInput
        label={t('part.allowedDays')}
        min={1}
        max={366}
        allowDecimal={false}
        suffix={` ${t('parking:daysShort')}`}
        value={draft.allowedDays}
        error={wrongText('allowedDays', 'number')}
        onChange={(allowedDays) => onEdit({ allowedDays })}
      />
      <DayRuleChoice draft={draft} onEdit={onEdit} />
      <NumberInput
        label={t('holdMinutes')}
        description={t('holdHint')}
        min={0}
        max={1440}
        value={draft.holdMinutes}
        error={wrongText('holdMs', 'number')}
        onChange={(holdMinutes) => onEdit({ holdMinutes })}
      />
      <Textarea
        label={t('part.legalBasis')}
        maxLength={500}
        autosize
        value={draft.legalBasis}
        onChange={({ currentTarget: { value } }) => onEdit({ legalBasis: value })}
      />
    </fieldset>
  );
}

function DayRuleChoice({ draft, onEdit }: Pick<PartProps, 'draft' | 'onEdit'>) {
  const { t } = useTranslation('zones');
  const nowMs = useParkingNow();
  const { allowedDays, timeZone } = draft;
  const isCounted = typeof allowedDays === 'number' && allowedDays >= 1 && allowedDays <= 366;
  return (
    <Radio.Group
      label={t('part.dayRule')}
      value={draft.dayRule}
      onChange={(rule) => onEdit({ dayRule: rule === 'midnight' ? 'midnight' : 'arrival' })}
    >
      {(['arrival', 'midnight'] as const).map((dayRule) => (
        <Radio
          key={dayRule}
          mt="xs"
          value={dayRule}
          label={t(`days.${dayRule}`)}
          description={
            isCounted && <DayExample zone={{ allowedDays, dayRule, timeZone }} nowMs={nowMs} />
          }
        />
      ))}
    </Radio.Group>
  );
}

function Quiet({ draft, wrong, onEdit }: PartProps) {
  const { t } = useTranslation('zones');
  const wrongText = useWrongText(wrong);
  return (
    <fieldset className="zone-part">
      <legend>{t('part.quietHours')}</legend>
      <Switch
        label={t('quietOn')}
        checked={draft.isQuiet}
        onChange={({ currentTarget: { checked } }) => onEdit({ isQuiet: checked })}
      />
      {draft.isQuiet && (
        <div className="zone-pair">
          <TextInput
            type="time"
            label={t('quietFrom')}
            value={draft.quietFrom}
            error={wrongText('quietHours', 'time')}
            onChange={({ currentTarget: { value } }) => onEdit({ quietFrom: value })}
          />
          <TextInput
            type="time"
            label={t('quietTo')}
            value={draft.quietTo}
            onChange={({ currentTarget: { value } }) => onEdit({ quietTo: value })}
          />
        </div>
      )}
    </fieldset>
  );
}
