import { Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from '../face/language-switch.tsx';
import { useMe } from '../features/accounts/index.ts';
import { AlarmBanner, OutboxLine, SoundAlarm } from '../features/alarm/index.ts';
import { DemoClock } from '../features/demo/index.ts';
import { ConnectionSign } from './connection-sign.tsx';
import { Navigation } from './navigation.tsx';
import { UserMenu } from './user-menu.tsx';
import './shell.css';

/** The frame of every page but the board: alarm, navigation, connection, account. */
export function Shell() {
  const { t } = useTranslation('shell');
  return (
    <div className="shell">
      <a className="shell-skip" href="#content">
        {t('skip')}
      </a>
      <AlarmBanner />
      <OutboxLine />
      <div className="shell-body">
        <Navigation />
        <div className="shell-main">
          <TopBar />
          <main id="content" tabIndex={-1}>
            <Outlet />
          </main>
        </div>
      </div>
    </div>
  );
}

function TopBar() {
  const { t } = useTranslation('shell');
  const { town, isDemo } = useMe();
  return (
    <header className="shell-top">
      <Link to="/" className="shell-mark shell-mark-small" aria-label="Vigie">
        <img src="/vigie.svg" alt="" width={28} height={28} />
      </Link>
      <span className="shell-town">
        {town}
        {isDemo && <span className="shell-demo">{t('demo')}</span>}
      </span>
      <DemoClock />
      <ConnectionSign />
      <SoundAlarm />
      <span className="shell-language">
        <LanguageSwitch />
      </span>
      <UserMenu />
    </header>
  );
}
