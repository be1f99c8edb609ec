import IconBell from '@tabler/icons-react/icons/IconBell';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../platform/react.tsx';
import { isMuted } from './tone.ts';

/**
 * Asks the browser, once, to show an alarm even when Vigie is not in sight. Where it refuses that, or a sound, it says so and
 * what to do.
 */
export function NotifyMe() {
  const { t } = useTranslation('alarm');
  const [permission, setPermission] = useState(permissionNow);
  useNow();
  const ask = async () => setPermission(await Notification.requestPermission());
  const refused = [
    ...(isMuted() ? [t('sign.sound')] : []),
    ...(permission === 'denied' || permission === 'impossible' ? [t(`sign.${permission}`)] : []),
  ];
  return (
    <>
      {permission === 'default' && (
        <button type="button" className="page-action" onClick={() => void ask()}>
          <IconBell size={18} aria-hidden />
          {t('notify')}
        </button>
      )}
      {refused.length > 0 && <p className="quiet small alarm-signs">{refused.join(' ')}</p>}
    </>
  );
}

/** `impossible`: the browser cannot, or only over https. */
const permissionNow = (): NotificationPermission | 'impossible' =>
  'Notification' in window && window.isSecureContext ? Notification.permission : 'impossible';

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
