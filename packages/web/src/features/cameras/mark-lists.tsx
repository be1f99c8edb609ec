import { ActionIcon, Button, NativeSelect } from '@mantine/core';
import IconArrowsExchange from '@tabler/icons-react/icons/IconArrowsExchange';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import IconTrash from '@tabler/icons-react/icons/IconTrash';
import type { Camera } from '@vigie/contracts/evacuation';
import { Anchor, type CountingZone, type Markings } from '@vigie/contracts/vision';
import { useTranslation } from 'react-i18next';
import { withLineTurned, withNewLine, withNewZone, without } from './draft.ts';

/** A part of the form: the draft, and what becomes of it. */
export interface DraftProps {
  draft: Markings;
  onDraft: (draft: Markings) => void;
}

const kinds: readonly CountingZone['kind'][] = ['include', 'exclude'];

/** Which point of a person's box says where the person is. */
export function AnchorField({ draft, onDraft }: DraftProps) {
  const { t } = useTranslation('cameras');
  return (
    <NativeSelect
      label={t('anchor')}
      description={t('anchorMeans')}
      value={draft.anchor}
      data={Anchor.options.map((value) => ({ value, label: t(`anchor.${value}`) }))}
      onChange={({ currentTarget: { value } }) =>
        onDraft({ ...draft, anchor: Anchor.parse(value) })
      }
    />
  );
}

/** The zones of the picture. */
export function ZoneList({ draft, onDraft }: DraftProps) {
  const { t } = useTranslation('cameras');
  return (
    <fieldset className="camera-part">
      <legend>{t('zones')}</legend>
      <p className="quiet small">{t(draft.zones.length === 0 ? 'zonesNone' : 'zonesMean')}</p>
      <ul>
        {draft.zones.map(({ id, kind, points }) => (
          <li key={id} className={`mark-row mark-${kind}`}>
            <span>
              {t(`kind.${kind}`)}
              <span className="quiet small">{t('corners', { count: points.length })}</span>
            </span>
            <Remove name={t(`kind.${kind}`)} onRemove={() => onDraft(without(draft, id))} />
          </li>
        ))}
      </ul>
      <div className="camera-add">
        {kinds.map((kind) => (
          <Add key={kind} text={t(`add.${kind}`)} onAdd={() => onDraft(withNewZone(draft, kind))} />
        ))}
      </div>
    </fieldset>
  );
}

/** The lines at doors; without one a camera at a door counts nobody. */
export function LineList({ draft, onDraft, watches }: DraftProps & Pick<Camera, 'watches'>) {
  const { t } = useTranslation('cameras');
  const isIdle = watches === 'door' && draft.lines.length === 0;
  return (
    <fieldset className="camera-part">
      <legend>{t('lines')}</legend>
      <p className={isIdle ? 'state-fault' : 'quiet small'}>
        {t(isIdle ? 'lineMissing' : 'linesMean')}
      </p>
      <ul>
        {draft.lines.map(({ id }) => (
          <li key={id} className="mark-row mark-line">
            <span>{t('line')}</span>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconArrowsExchange size={16} aria-hidden />}
              onClick={() => onDraft(withLineTurned(draft, id))}
            >
              {t('turn')}
            </Button>
            <Remove name={t('line')} onRemove={() => onDraft(without(draft, id))} />
          </li>
        ))}
      </ul>
      <div className="camera-add">
        <Add text={t('add.line')} onAdd={() => onDraft(withNewLine(draft))} />
      </div>
    </fieldset>
  );
}

const Add = ({ text, onAdd }: { text: string; onAdd: () => void }) => (
  <Button
    variant="default"
    size="sm"
    leftSection={<IconPlus size={16} aria-hidden />}
    onClick={onAdd}
  >
    {text}
  </Button>
);

function Remove({ name, onRemove }: { name: string; onRemove: () => void }) {
  const { t } = useTranslation('cameras');
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={40}
      aria-label={t('remove', { name })}
      onClick={onRemove}
    >
      <IconTrash size={18} aria-hidden />
    </ActionIcon>
  );
}
