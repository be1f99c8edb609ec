import { Button, Checkbox, TextInput } from '@mantine/core';
import type { WaitingModel } from '@vigie/contracts/models';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Around, Moment } from '../../face/moment.tsx';
import { Failed } from '../../face/notice.tsx';
import { useNow } from '../../platform/react.tsx';
import { ModelFactsList } from './model-facts.tsx';
import { isSameHash } from './models.ts';
import { useDiscard, useTrust } from './queries.ts';

/** A file that nobody knows: it is installed only when a person has compared its hash and trusts it. */
export function WaitingModelCard({ model }: { model: WaitingModel }) {
  const { t } = useTranslation('models');
  const nowMs = useNow();
  const [published, setPublished] = useState('');
  const [isSure, setSure] = useState(false);
  const trust = useTrust(model);
  const discard = useDiscard(model);
  const isSame = isSameHash(published, model.sha256);
  return (
    <li className="card models-card models-waiting" data-testid={`waiting-${model.name}`}>
      <h3>{t('trustTitle', { name: model.name })}</h3>
      <p className="quiet small">
        <Around text={t('broughtBy', { by: model.by, when: '\0' })}>
          <Moment at={model.at} nowMs={nowMs} />
        </Around>
      </p>
      <p>{t(model.standing === 'other' ? 'trustOther' : 'trustHint')}</p>
      <ModelFactsList model={model} />
      <TextInput
        label={t('published')}
        description={t('publishedHint')}
        value={published}
        autoComplete="off"
        spellCheck={false}
        error={isSame === false && t('differs')}
        onChange={({ currentTarget: { value } }) => setPublished(value)}
      />
      {isSame && <p role="status">{t('same')}</p>}
      <Checkbox
        label={t('sure')}
        checked={isSure}
        onChange={({ currentTarget: { checked } }) => setSure(checked)}
      />
      {(trust.error || discard.error) && <Failed error={trust.error ?? discard.error} />}
      <div className="page-actions">
        <Button
          disabled={!isSure || isSame === false}
          loading={trust.isPending}
          onClick={() => trust.mutate(undefined)}
        >
          {t('trust')}
        </Button>
        <Button
          variant="default"
          loading={discard.isPending}
          onClick={() => discard.mutate(undefined)}
        >
          {t('discard')}
        </Button>
      </div>
      {trust.isPending && <p role="status">{t('trying')}</p>}
    </li>
  );
}
