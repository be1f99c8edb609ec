import { useTranslation } from 'react-i18next';
import { useTimeStyle } from '../../platform/react.tsx';
import { dayAndTime } from '../../platform/time.ts';
import { useMe } from '../accounts/index.ts';
import { useParkingNow, useParkingRate } from '../parking/index.ts';
import './demo.css';

/** In the demo, where parking time runs fast: what that clock shows, and how fast it is. */
export function DemoClock() {
  const { t } = useTranslation('demo');
  const { isDemo } = useMe();
  const nowMs = useParkingNow();
  const rate = useParkingRate();
  const style = useTimeStyle();
  if (!isDemo || rate === undefined) return null;
  return (
    <span className="demo-clock small" title={t('clock')}>
      <span className="visually-hidden">{t('clock')} </span>
      <span className="demo-clock-time">{dayAndTime(nowMs, style)}</span>
      <span className="quiet">{t('speed', { seconds: Math.round(86_400 / rate) })}</span>
    </span>
  );
}
