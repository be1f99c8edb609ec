import { Button, Skeleton } from '@mantine/core';
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle';
import IconLock from '@tabler/icons-react/icons/IconLock';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../platform/api.ts';

/** An empty list: what that means, and what to do next. */
export function Empty({ icon, text, hint }: { icon?: ReactNode; text: string; hint?: string }) {
  return (
    <div className="notice">
      {icon}
      <div>
        <p>{text}</p>
        {hint && <p className="small">{hint}</p>}
      </div>
    </div>
  );
}

/** The sentence for an error, by its code. */
export function useErrorText(): (error: unknown) => string {
  const { t, i18n } = useTranslation('errors');
  return (error) => {
    const code = error instanceof ApiError ? error.code : 'web/unexpected';
    const seconds = error instanceof ApiError ? (error.retryAfterSeconds ?? 60) : 60;
    const minutes = Math.ceil(seconds / 60);
    if (i18n.exists(`errors:${code}`)) return t(code as 'web/unexpected', { minutes });
    return `${t('web/unexpected')} (${code})`;
  };
}

/** A failure: what happened, what to do, and the button to do it. */
export function Failed({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation('face');
  const errorText = useErrorText();
  return (
    <div className="notice notice-failed" role="alert">
      <IconAlertTriangle size={22} aria-hidden />
      <div>
        <p>{errorText(error)}</p>
        {onRetry && (
          <Button mt="sm" size="xs" variant="default" onClick={onRetry}>
            {t('retry')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Shown instead of a page the role has no right to. */
export function NoRight() {
  const { t } = useTranslation('face');
  return (
    <div className="page">
      <Empty
        icon={<IconLock size={22} aria-hidden />}
        text={t('noRight')}
        hint={t('noRightHint')}
      />
    </div>
  );
}

/** Rows that keep the place of what is still on its way. */
export function Waiting({ rows, height }: { rows: number; height: number }) {
  const { t } = useTranslation('face');
  return (
    <div role="status">
      <span className="visually-hidden">{t('loading')}</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are equal and never move
        <Skeleton key={row} height={height} mb={10} radius="md" />
      ))}
    </div>
  );
}

interface AnswerProps<T> {
  query: Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch'>;
  waiting: ReactNode;
  children: (data: T) => ReactNode;
}

/** What a query brought: waiting, failed, or there. Data that are there stay when a later fetch fails. */
export function Answer<T>({ query, waiting, children }: AnswerProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  return waiting;
}
