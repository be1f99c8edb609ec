import { useTranslation } from 'react-i18next';
import { Page } from '../../face/page.tsx';
import { useMay } from '../accounts/index.ts';
import { CameraUses } from './camera-use.tsx';
import { Documents } from './documents.tsx';
import { Person } from './person.tsx';
import './privacy.css';

/** A person's data, the documents that the law asks for, and what cameras may be used for. */
export function PrivacyPage() {
  const { t } = useTranslation('privacy');
  return (
    <Page title={t('title')}>
      <Person />
      <Documents />
      {useMay()('town.write') && <CameraUses />}
    </Page>
  );
}
