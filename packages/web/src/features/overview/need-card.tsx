import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface NeedCardProps {
  count: number;
  title: string;
  /** Page with all of them; absent: they are all here. */
  to?: NonNullable<LinkProps['to']>;
  /** A list of items, or one widget that is a list itself. */
  children: ReactNode;
  shown: number;
}

/** One kind of thing that waits for somebody: how many, the first of them, the way to all. */
export function NeedCard({ count, title, to, children, shown }: NeedCardProps) {
  const { t } = useTranslation('overview');
  return (
    <section className="need">
      <div className="need-head">
        <h2>
          <span className="need-count">{count}</span> {title}
        </h2>
        {to && (
          <Link to={to} className="small">
            {t('all')}
          </Link>
        )}
      </div>
      {children}
      {count > shown && <p className="quiet small">{t('more', { count: count - shown })}</p>}
    </section>
  );
}
