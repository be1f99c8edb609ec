import { ActionIcon, Button, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import IconArrowUp from '@tabler/icons-react/icons/IconArrowUp';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import IconTrash from '@tabler/icons-react/icons/IconTrash';
import { Channel } from '@vigie/contracts/recipients';
import { useTranslation } from 'react-i18next';
import { movedUp, nextKey, type RecipientDraft } from './draft.ts';
import { type PartProps, useWrongText } from './part.ts';

const mostRecipients = 10;

/** Who is told about a case: the police station first, then the next when nobody answers. */
export function ChainForm({ draft, wrong, onEdit }: PartProps) {
  const { t } = useTranslation('zones');
  const wrongText = useWrongText(wrong);
  const { recipients } = draft;
  const setAt = (index: number, one: RecipientDraft) =>
    onEdit({ recipients: recipients.with(index, one) });
  return (
    <fieldset className="zone-part">
      <legend>{t('part.recipients')}</legend>
      {recipients.length === 0 && <p className="quiet">{t('nobodyMeans')}</p>}
      <ol className="zone-recipients">
        {recipients.map((one, index) => (
          <li key={one.key}>
            <RecipientFields
              one={one}
              rank={index + 1}
              error={wrongText(`recipients.${index}`, 'address')}
              onEdit={(changed) => setAt(index, changed)}
              onUp={() => onEdit({ recipients: movedUp(recipients, index) })}
              onRemove={() => onEdit({ recipients: recipients.toSpliced(index, 1) })}
            />
          </li>
        ))}
      </ol>
      {recipients.length < mostRecipients && (
        <Button
          variant="default"
          leftSection={<IconPlus size={18} aria-hidden />}
          onClick={() => onEdit({ recipients: [...recipients, emptyRecipient(recipients)] })}
        >
          {t('addRecipient')}
        </Button>
      )}
      <Patience draft={draft} wrong={wrong} onEdit={onEdit} />
    </fieldset>
  );
}

const emptyRecipient = (recipients: readonly RecipientDraft[]): RecipientDraft => ({
  key: nextKey(recipients),
  channel: 'mail',
  address: '',
  name: '',
  language: '',
});

interface RecipientProps {
  one: RecipientDraft;
  /** 1 = told first. */
  rank: number;
  error: string | undefined;
  onEdit: (one: RecipientDraft) => void;
  onUp: () => void;
  onRemove: () => void;
}

function RecipientFields({ one, rank, error, onEdit, onUp, onRemove }: RecipientProps) {
  const { t } = useTranslation('zones');
  const named = (text: string) => `${text} (${rank})`;
  return (
    <div className="zone-recipient">
      <NativeSelect
        label={t('channelLabel')}
        aria-label={named(t('channelLabel'))}
        value={one.channel}
        onChange={({ currentTarget: { value } }) =>
          onEdit({ ...one, channel: Channel.parse(value) })
        }
        data={Channel.options.map((value) => ({ value, label: t(`channel.${value}`) }))}
      />
      <TextInput
        label={t(`address.${one.channel}`)}
        aria-label={named(t(`address.${one.channel}`))}
        value={one.address}
        error={error}
        onChange={({ currentTarget: { value } }) => onEdit({ ...one, address: value })}
      />
      <TextInput
        label={t('recipientName')}
        aria-label={named(t('recipientName'))}
        maxLength={120}
        value={one.name}
        onChange={({ currentTarget: { value } }) => onEdit({ ...one, name: value })}
      />
      <LanguageChoice one={one} named={named} onEdit={onEdit} />
      <div className="zone-recipient-order">
        {rank > 1 && (
          <ActionIcon size={42} variant="default" aria-label={named(t('moveUp'))} onClick={onUp}>
            <IconArrowUp size={18} aria-hidden />
          </ActionIcon>
        )}
        <ActionIcon size={42} variant="default" aria-label={named(t('remove'))} onClick={onRemove}>
          <IconTrash size={18} aria-hidden />
        </ActionIcon>
      </div>
    </div>
  );
}

interface LanguageProps extends Pick<RecipientProps, 'one' | 'onEdit'> {
  named: (text: string) => string;
}

function LanguageChoice({ one, named, onEdit }: LanguageProps) {
  const { t } = useTranslation('zones');
  const languages = ['', 'fr', 'en'] as const;
  return (
    <NativeSelect
      label={t('languageLabel')}
      aria-label={named(t('languageLabel'))}
      value={one.language}
      onChange={({ currentTarget: { value } }) =>
        onEdit({ ...one, language: languages.find((language) => language === value) ?? '' })
      }
      data={languages.map((value) => ({ value, label: t(`language.${value || 'all'}`) }))}
    />
  );
}

function Patience({ draft, wrong, onEdit }: PartProps) {
  const { t } = useTranslation('zones');
  const wrongText = useWrongText(wrong);
  return (
    <div className="zone-pair">
      {(['remindAfterHours', 'escalateAfterHours'] as const).map((part) => (
        <NumberInput
          key={part}
          label={t(`part.${part}`)}
          description={t(`hint.${part}`)}
          min={0}
          max={720}
          suffix=" h"
          value={draft[part]}
          error={wrongText(part, 'number')}
          onChange={(hours) => onEdit({ [part]: hours })}
        />
      ))}
    </div>
  );
}
