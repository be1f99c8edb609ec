import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keepAwake } from '../../platform/keep-awake.ts';

/** Keeps the screen of a board on; says so when the browser will not. */
export function AwakeSign() {
  const { t } = useTranslation('alarm');
  const [isHeld, setHeld] = useState(true);
  useEffect(() => keepAwake({ onHeld: setHeld }), []);
  return (
    <p role="status" className={isHeld ? 'visually-hidden' : 'board-signs'}>
      {!isHeld && t('sign.awake')}
    </p>
  );
}
