import IconCpu from '@tabler/icons-react/icons/IconCpu';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '../accounts/index.ts';

/** The way to the weights, for those who may bring them. */
export function ModelsLink() {
  const { t } = useTranslation('models');
  if (!useMay()('town.write')) return null;
  return (
    <Link to="/models" className="page-action">
      <IconCpu size={20} aria-hidden />
      {t('title')}
    </Link>
  );
}
