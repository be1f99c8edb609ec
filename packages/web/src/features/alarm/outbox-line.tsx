import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../face/notice.tsx';
import { ApiError } from '../../platform/api.ts';
import type { OutboxInHand } from './use-outbox.ts';

/** What this telephone has not been able to send yet, and what the server refused. */
export function OutboxLine({ outbox: { waiting, drop } }: { outbox: OutboxInHand }) {
  const { t } = useTranslation('alarm');
  const errorText = useErrorText();
  const unsent = waiting.filter(({ refused }) => refused === undefined);
  return (
    <div className="outbox" role="status" data-testid="outbox">
      {unsent.length > 0 && (
        <p className="outbox-unsent hatched">{t('outbox', { count: unsent.length })}</p>
      )}
      {waiting
        .filter(({ refused }) => refused !== undefined)
        .map(({ body, refused = '' }) => (
          <p key={body.id} className="outbox-refused">
            <strong>{t('outboxRefused')}</strong> {errorText(new ApiError(refused, 0, ''))}
            <button type="button" onClick={() => drop(body.id)}>
              {t('outboxRead')}
            </button>
          </p>
        ))}
    </div>
  );
}
