import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../face/notice.tsx';
import { ApiError } from '../../platform/api.ts';
import { readFrom, type Waiting } from './outbox.ts';
import { useHeld } from './use-outbox.tsx';
import './outbox.css';

/** What this telephone has not been able to send yet, and what the server refused. */
export function OutboxLine() {
  const { t } = useTranslation('alarm');
  const { own, others, isKept, outbox } = useHeld();
  const errorText = useErrorText();
  const unsent = own.filter(({ refused }) => refused === undefined);
  return (
    <div className="outbox" role="status" data-testid="outbox">
      {unsent.length > 0 && (
        <p className="outbox-unsent hatched">
          {t('outbox', { count: unsent.length })} {t(isKept ? 'outboxKept' : 'outboxNotKept')}
        </p>
      )}
      <OfOthers waiting={others} />
      {own
        .filter(({ refused }) => refused !== undefined)
        .map(({ body, refused = '' }) => (
          <p key={body.id} className="outbox-refused">
            <strong>{t('outboxRefused')}</strong> {errorText(new ApiError(refused, 0, ''))}
            <button type="button" onClick={() => outbox.drop(body.id)}>
              {t('outboxRead')}
            </button>
          </p>
        ))}
    </div>
  );
}

/** For the sign-in page: what was found out here waits for those who found it. */
export function WaitingHere() {
  return (
    <div className="outbox" role="status" data-testid="outbox">
      <OfOthers waiting={readFrom(localStorage)} />
    </div>
  );
}

function OfOthers({ waiting }: { waiting: readonly Waiting[] }) {
  const { t } = useTranslation('alarm');
  const unsent = waiting.filter(({ refused }) => refused === undefined);
  return [...Map.groupBy(unsent, ({ username }) => username)].map(([who, { length: count }]) => (
    <p key={who} className="outbox-unsent hatched">
      {t('outboxOf', { count, who })}
    </p>
  ));
}
