import IconMap2 from '@tabler/icons-react/icons/IconMap2';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** The way to the plans. */
export function PlansLink() {
  const { t } = useTranslation('floors');
  return (
    <Link to="/plans" className="page-action">
      <IconMap2 size={20} aria-hidden />
      {t('title')}
    </Link>
  );
}
