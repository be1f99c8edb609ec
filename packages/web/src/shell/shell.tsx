import IconAntenna from '@tabler/icons-react/icons/IconAntenna';
import IconBook2 from '@tabler/icons-react/icons/IconBook2';
import IconBuilding from '@tabler/icons-react/icons/IconBuilding';
import IconChecklist from '@tabler/icons-react/icons/IconChecklist';
import IconFolder from '@tabler/icons-react/icons/IconFolder';
import IconHourglass from '@tabler/icons-react/icons/IconHourglass';
import IconInbox from '@tabler/icons-react/icons/IconInbox';
import IconListSearch from '@tabler/icons-react/icons/IconListSearch';
import IconParking from '@tabler/icons-react/icons/IconParking';
import IconSend from '@tabler/icons-react/icons/IconSend';
import IconUsers from '@tabler/icons-react/icons/IconUsers';
import { Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from '../face/language-switch.tsx';
import { useMe } from '../features/accounts/index.ts';
import { AlarmBanner, OutboxLine } from '../features/alarm/index.ts';
import { DemoClock } from '../features/demo/index.ts';
import { ConnectionSign } from './connection-sign.tsx';
import { type Place, placesFor } from './places.ts';
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
      <span className="shell-language">
        <LanguageSwitch />
      </span>
      <UserMenu />
    </header>
  );
}

const shapes: Record<Place['name'], typeof IconInbox> = {
  overview: IconChecklist,
  cases: IconFolder,
  parking: IconParking,
  devices: IconAntenna,
  rooms: IconBuilding,
  register: IconBook2,
  audit: IconListSearch,
  retention: IconHourglass,
  messages: IconSend,
  accounts: IconUsers,
  inbox: IconInbox,
};

function Navigation() {
  const { t } = useTranslation('shell');
  return (
    <nav className="shell-nav" aria-label={t('pages')}>
      <Link to="/" className="shell-mark">
        <img src="/vigie.svg" alt="" width={32} height={32} />
        <span>Vigie</span>
      </Link>
      <ul>
        {placesFor(useMe()).map(({ to, name }) => {
          const Shape = shapes[name];
          return (
            <li key={to}>
              <Link to={to} className="shell-place" activeProps={{ 'aria-current': 'page' }}>
                <Shape size={22} stroke={1.8} aria-hidden />
                <span>{t(`page.${name}`)}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
