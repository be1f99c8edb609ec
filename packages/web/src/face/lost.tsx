import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from './notice.tsx';

/** An address that leads nowhere. */
export function NotFound() {
  const { t } = useTranslation('face');
  return (
    <main className="page">
      <Empty text={t('notFound')} hint={t('notFoundHint')} />
      <p>
        <Link to="/">{t('home')}</Link>
      </p>
    </main>
  );
}

/** A page that broke by a fault of ours. */
export function Crashed({ error }: { error: unknown }) {
  const { t } = useTranslation('face');
  return (
    <div className="page" role="alert">
      <Empty text={t('crashed')} hint={t('crashedHint')} />
      <pre className="small crashed">{error instanceof Error ? error.message : String(error)}</pre>
      <Button onClick={() => location.reload()}>{t('reload')}</Button>
    </div>
  );
}
