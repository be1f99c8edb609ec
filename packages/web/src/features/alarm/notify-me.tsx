import IconBell from '@tabler/icons-react/icons/IconBell';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Asks the browser, once, to show an alarm even when Vigie is not in sight. Nothing where that cannot be asked. */
export function NotifyMe() {
  const { t } = useTranslation('alarm');
  const [permission, setPermission] = useState(permissionNow);
  if (permission !== 'default') return null;
  const ask = async () => setPermission(await Notification.requestPermission());
  return (
    <button type="button" className="page-action" onClick={() => void ask()}>
      <IconBell size={18} aria-hidden />
      {t('notify')}
    </button>
  );
}

const permissionNow = (): NotificationPermission =>
  'Notification' in window && window.isSecureContext ? Notification.permission : 'denied';

/** Shows the alarm outside the page, if the browser was allowed to. */
export function notify(title: string, body: string): void {
  if (permissionNow() !== 'granted') return;
  try {
    const shown = new Notification(title, { body, requireInteraction: true, tag: body });
    shown.onclick = () => window.focus();
  } catch (error) {
    // Telephones show notifications from a service worker only.
    console.warn('The alarm could not be shown outside the page.', error);
  }
}
