import { Button } from '@mantine/core';
import type { AlarmInputSettings } from '@vigie/contracts/alarm-inputs';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
import { useInputs } from './queries.ts';

/** Reads a contact once and says what it answered. `settings` undefined: they are not complete yet. */
export function Trial({ settings }: { settings: AlarmInputSettings | undefined }) {
  const { t } = useTranslation('inputs');
  const { trial } = useInputs();
  const answer = trial.data;
  return (
    <>
      <Button
        variant="default"
        disabled={!settings}
        loading={trial.isPending}
        onClick={() => settings && trial.mutate(settings)}
      >
        {t('try')}
      </Button>
      <span role="status" className="input-trial small">
        {answer &&
          (answer.isActive === null ? (
            <strong className="state-fault">
              {t('tried.fault')} <code>{answer.problem}</code>
            </strong>
          ) : (
            t(answer.isActive ? 'tried.active' : 'tried.rest')
          ))}
      </span>
      {trial.error && <Failed error={trial.error} />}
    </>
  );
}
