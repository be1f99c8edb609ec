import IconPlug from '@tabler/icons-react/icons/IconPlug';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '../accounts/index.ts';

/** The way to the inputs of the alarm, for those who may see them. */
export function InputsLink() {
  const { t } = useTranslation('inputs');
  if (!useMay()('devices.read')) return null;
  return (
    <Link to="/inputs" className="page-action">
      <IconPlug size={20} aria-hidden />
      {t('link')}
    </Link>
  );
}
