import { Button, Textarea } from '@mantine/core';
import type { Case, CaseStatus } from '@vigie/contracts/parking';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
import { StepShape } from './case-status.tsx';
import { nextStepsOf } from './cases.ts';
import { useStep } from './queries.ts';

/** The next step: acknowledging is one tap; anything else is chosen, explained if need be, and recorded. */
export function StepForm({ one }: { one: Case }) {
  const { t } = useTranslation('cases');
  const step = useStep(one.id);
  const [chosen, setChosen] = useState<CaseStatus>();
  const { direct, findings, canClose } = nextStepsOf(one.nextStatuses);
  if (!direct && findings.length === 0 && !canClose) {
    return (
      <section className="card case-next">
        <p>{t(one.status === 'closed' ? 'noMore' : 'noStep')}</p>
      </section>
    );
  }
  return (
    <section className="card case-next" id="case-findings">
      <h2 className="section-title">{t('next')}</h2>
      <div className="case-direct">
        {direct ? (
          <Button
            size="lg"
            fullWidth
            leftSection={<StepShape status={direct} size={20} />}
            loading={step.isPending && step.variables.status === direct}
            onClick={() => step.mutate({ status: direct, reason: '' })}
          >
            {t(`do.${direct}`)}
          </Button>
        ) : (
          <a className="case-to-findings" href="#case-findings">
            {t(findings.length > 0 ? 'findings' : 'do.closed')}
          </a>
        )}
      </div>
      {findings.length > 0 && <p className="quiet small case-other">{t('findings')}</p>}
      <Choices
        statuses={canClose ? [...findings, 'closed'] : findings}
        chosen={chosen}
        onChoose={setChosen}
      />
      {chosen && (
        <Confirm
          chosen={chosen}
          isPending={step.isPending}
          onCancel={() => setChosen(undefined)}
          onRecord={(reason) => step.mutate({ status: chosen, reason })}
        />
      )}
      {step.error && <Failed error={step.error} />}
    </section>
  );
}

interface ChoicesProps {
  statuses: CaseStatus[];
  chosen: CaseStatus | undefined;
  onChoose: (status: CaseStatus) => void;
}

function Choices({ statuses, chosen, onChoose }: ChoicesProps) {
  const stepName = useStepName();
  return (
    <div className="case-choices">
      {statuses.map((status) => (
        <button
          key={status}
          type="button"
          className="case-choice"
          aria-pressed={chosen === status}
          onClick={() => onChoose(status)}
        >
          <StepShape status={status} size={18} />
          {stepName(status)}
        </button>
      ))}
    </div>
  );
}

function useStepName(): (status: CaseStatus) => string {
  const { t } = useTranslation('cases');
  return (status) => (status === 'closed' ? t('do.closed') : t(`status.${status}`));
}

interface ConfirmProps {
  chosen: CaseStatus;
  isPending: boolean;
  onCancel: () => void;
  onRecord: (reason: string) => void;
}

function Confirm({ chosen, isPending, onCancel, onRecord }: ConfirmProps) {
  const { t } = useTranslation(['cases', 'face']);
  const stepName = useStepName();
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onRecord(reason.trim());
  };
  return (
    <form className="case-confirm" onSubmit={submit}>
      <Textarea
        label={t('reason')}
        description={t('reasonHint')}
        maxLength={500}
        autosize
        minRows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className="case-confirm-buttons">
        <Button type="submit" loading={isPending}>
          {t('record', { step: stepName(chosen) })}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('face:cancel')}
        </Button>
      </div>
    </form>
  );
}
