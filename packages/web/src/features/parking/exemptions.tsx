import { Button, Textarea, TextInput } from '@mantine/core';
import IconCalendarCheck from '@tabler/icons-react/icons/IconCalendarCheck';
import { useQuery } from '@tanstack/react-query';
import type { Exemption, SpaceDetail } from '@vigie/contracts/parking';
import { momentOnWall, wallText } from '@vigie/contracts/wall-clock';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Around, Moment } from '../../face/moment.tsx';
import { Failed } from '../../face/notice.tsx';
import { useApi, useTimeStyle } from '../../platform/react.tsx';
import { momentText } from '../../platform/time.ts';
import { useMay } from '../accounts/index.ts';
import { exemptionsQuery, useExemptions, useParkingNow } from './queries.ts';

/** Whether the stay is authorised beyond the rule: by whom, why, until when; and what was before. */
export function Exemptions({ space }: { space: SpaceDetail }) {
  const { t } = useTranslation('parking');
  const may = useMay()('parking.exempt');
  const all = useQuery(exemptionsQuery(useApi(), space.id)).data ?? [];
  const { exemption } = space;
  return (
    <section className="section" aria-label={t('exemption')} data-testid="exemptions">
      <h2>{t('exemption')}</h2>
      {exemption ? (
        <InForce exemption={exemption} may={may} />
      ) : (
        <p className="quiet">{t('exemptionNone')}</p>
      )}
      {may && !exemption && <Give space={space} />}
      <Past exemptions={all.filter(({ id }) => id !== exemption?.id)} />
    </section>
  );
}

function InForce({ exemption, may }: { exemption: Exemption; may: boolean }) {
  const { t } = useTranslation('parking');
  const nowMs = useParkingNow();
  return (
    <div className="card exemption">
      <p>
        <IconCalendarCheck size={20} aria-hidden />
        <strong>
          <Around text={t('exemptUntil', { when: '\0' })}>
            <Moment at={exemption.until} nowMs={nowMs} />
          </Around>
        </strong>
      </p>
      <p>{exemption.reason}</p>
      <p className="quiet small">
        <GivenBy exemption={exemption} />
      </p>
      <p className="quiet small">{t('exemptWhy')}</p>
      {may && <Withdraw exemption={exemption} />}
    </div>
  );
}

function GivenBy({ exemption: { by, from } }: { exemption: Exemption }) {
  const { t } = useTranslation('parking');
  const nowMs = useParkingNow();
  return (
    <Around text={t('exemptBy', { who: by, when: '\0' })}>
      <Moment at={from} nowMs={nowMs} />
    </Around>
  );
}

/** Asks once more: a car may be black the next moment. */
function Withdraw({ exemption: { id, spaceId } }: { exemption: Exemption }) {
  const { t } = useTranslation(['parking', 'face']);
  const [isAsked, setIsAsked] = useState(false);
  const { withdraw } = useExemptions(spaceId);
  if (!isAsked)
    return (
      <Button variant="default" onClick={() => setIsAsked(true)}>
        {t('exemptWithdraw')}
      </Button>
    );
  return (
    <>
      <p role="status">{t('exemptSure')}</p>
      <div className="exemption-buttons">
        <Button loading={withdraw.isPending} onClick={() => withdraw.mutate(id)}>
          {t('exemptSureYes')}
        </Button>
        <Button variant="default" onClick={() => setIsAsked(false)}>
          {t('face:cancel')}
        </Button>
      </div>
      {withdraw.error && <Failed error={withdraw.error} />}
    </>
  );
}

function Give({ space }: { space: SpaceDetail }) {
  const { t } = useTranslation('parking');
  const [isOpen, setIsOpen] = useState(false);
  if (isOpen) return <GiveForm space={space} onClose={() => setIsOpen(false)} />;
  return (
    <Button variant="default" onClick={() => setIsOpen(true)}>
      {t('exemptGive')}
    </Button>
  );
}

const weekMs = 7 * 86_400_000;
const shortestReason = 5;

function GiveForm({ space: { id, zone }, onClose }: { space: SpaceDetail; onClose: () => void }) {
  const { t } = useTranslation(['parking', 'face']);
  const nowMs = useParkingNow();
  const [end, setEnd] = useState(() => wallText(new Date(nowMs + weekMs), zone.timeZone));
  const [reason, setReason] = useState('');
  const [isTried, setIsTried] = useState(false);
  const { give } = useExemptions(id);
  const until = momentOnWall(end, zone.timeZone);
  const isReasonGiven = reason.trim().length >= shortestReason;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsTried(true);
    if (until && isReasonGiven)
      give.mutate({ until: until.toISOString(), reason }, { onSuccess: onClose });
  };
  return (
    <form className="card exemption" onSubmit={submit} noValidate aria-label={t('exemptGive')}>
      <TextInput
        type="datetime-local"
        label={t('exemptEnd')}
        value={end}
        error={isTried && !until && t('exemptEndMissing')}
        onChange={({ currentTarget: { value } }) => setEnd(value)}
      />
      <Textarea
        label={t('exemptReason')}
        description={t('exemptReasonHint')}
        maxLength={300}
        autosize
        minRows={2}
        value={reason}
        error={isTried && !isReasonGiven && t('exemptReasonShort')}
        onChange={({ currentTarget: { value } }) => setReason(value)}
      />
      <div className="exemption-buttons">
        <Button type="submit" loading={give.isPending}>
          {t('exemptSave')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('face:cancel')}
        </Button>
      </div>
      {give.error && <Failed error={give.error} />}
    </form>
  );
}

function Past({ exemptions }: { exemptions: Exemption[] }) {
  const { t } = useTranslation('parking');
  const style = useTimeStyle();
  const nowMs = useParkingNow();
  const at = (moment: string) => momentText(Date.parse(moment), nowMs, style);
  if (exemptions.length === 0) return null;
  return (
    <details className="exemption-past">
      <summary>
        {t('exemptHistory')} ({exemptions.length})
      </summary>
      <ul>
        {exemptions.map((one) => (
          <li key={one.id}>
            {t('exemptSpan', { from: at(one.from), until: at(one.endedAt ?? one.until) })}
            {one.endedAt && <strong> · {t('exemptWithdrawn')}</strong>}
            <br />
            {one.reason} <span className="quiet small">({one.by})</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
