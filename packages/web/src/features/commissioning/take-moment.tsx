import { Button, NumberInput, SegmentedControl } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Around, TimeOfDay } from '../../face/moment.tsx';
import { Failed } from '../../face/notice.tsx';
import { useLabel } from './queries.ts';

/** Seconds between two moments that are proposed; 0: none is. */
const PROPOSALS = ['0', '30', '120'] as const;
type Proposal = (typeof PROPOSALS)[number];

interface TakeMomentProps {
  cameraId: string;
  /** Moments that were saved. */
  taken: number;
  shownAt: string | undefined;
  /** Time of the picture that was stopped. */
  heldAt: string | undefined;
  onHold: (at: string | undefined) => void;
}

/** Stops the picture, asks how many people are in it, and lets it go. */
export function TakeMoment({ cameraId, taken, shownAt, heldAt, onHold }: TakeMomentProps) {
  const { t } = useTranslation('commissioning');
  const [every, setEvery] = useState<Proposal>('0');
  useProposals(Number(every), heldAt === undefined && shownAt !== undefined, () => onHold(shownAt));
  return (
    <div className="card commissioning-take">
      {heldAt === undefined ? (
        <>
          <Button size="lg" disabled={shownAt === undefined} onClick={() => onHold(shownAt)}>
            {t('take')}
          </Button>
          {shownAt === undefined && <p className="quiet small">{t('noPicture')}</p>}
        </>
      ) : (
        <LabelForm cameraId={cameraId} at={heldAt} onDone={() => onHold(undefined)} />
      )}
      <div>
        <span className="small" id="propose">
          {t('propose')}
        </span>
        <SegmentedControl
          aria-labelledby="propose"
          fullWidth
          value={every}
          onChange={(value) => setEvery(value as Proposal)}
          data={PROPOSALS.map((value) => ({ value, label: t(`propose.${value}`) }))}
        />
      </div>
      <p className="small" role="status">
        <strong>{t('progress', { count: taken })}</strong> {taken < 20 && t('progressGoal')}
      </p>
    </div>
  );
}

function useProposals(seconds: number, isWaiting: boolean, propose: () => void): void {
  const newest = useRef(propose);
  newest.current = propose;
  useEffect(() => {
    if (seconds === 0 || !isWaiting) return;
    const timer = setTimeout(() => newest.current(), seconds * 1000);
    return () => clearTimeout(timer);
  }, [seconds, isWaiting]);
}

const isPeople = (value: number | string): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 500;

interface LabelFormProps {
  cameraId: string;
  at: string;
  onDone: () => void;
}

function LabelForm({ cameraId, at, onDone }: LabelFormProps) {
  const { t } = useTranslation('commissioning');
  const label = useLabel(cameraId);
  const [people, setPeople] = useState<number | string>('');
  const [tried, setTried] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isPeople(people)) label.mutate({ at, people }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit} noValidate className="commissioning-label">
      <p className="small">
        <Around text={t('held', { when: '\0' })}>
          <TimeOfDay at={at} />
        </Around>
      </p>
      <NumberInput
        label={t('people')}
        size="lg"
        autoFocus
        min={0}
        max={500}
        allowDecimal={false}
        value={people}
        onChange={setPeople}
        error={tried && !isPeople(people) && t('peopleMissing')}
      />
      {label.error && <Failed error={label.error} />}
      <div className="page-actions">
        <Button type="submit" loading={label.isPending}>
          {t('save')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('skip')}
        </Button>
      </div>
    </form>
  );
}
