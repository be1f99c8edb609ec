import IconPlugConnectedX from '@tabler/icons-react/icons/IconPlugConnectedX';
import { useTranslation } from 'react-i18next';
import { useConnection, useTimeStyle } from '../platform/react.tsx';
import { durationText } from '../platform/time.ts';

/** Whether the page is live, or how late it is. Spoken when it becomes late, not every second after. */
export function ConnectionSign() {
  const { t } = useTranslation('shell');
  const { language } = useTimeStyle();
  const { late, downSinceMs } = useConnection();
  if (!late || downSinceMs === null) {
    return (
      <span className="connection" data-testid="connection" data-state="live">
        <span
          className={`connection-dot${downSinceMs === null ? '' : ' connection-dot-open'}`}
          aria-hidden
        />
        <span className="connection-word">{t(downSinceMs === null ? 'live' : 'connecting')}</span>
      </span>
    );
  }
  const age = durationText(Date.now() - downSinceMs, language);
  return (
    <span
      className="connection connection-late"
      title={t('lateHint')}
      data-testid="connection"
      data-state="late"
    >
      <IconPlugConnectedX size={18} aria-hidden />
      <span aria-hidden>{t('late', { age })}</span>
      <span className="visually-hidden" role="status">
        {t('lateHint')}
      </span>
    </span>
  );
}
