import { Popover } from '@mantine/core';
import IconAntenna from '@tabler/icons-react/icons/IconAntenna';
import IconBook2 from '@tabler/icons-react/icons/IconBook2';
import IconBuilding from '@tabler/icons-react/icons/IconBuilding';
import IconChecklist from '@tabler/icons-react/icons/IconChecklist';
import IconDots from '@tabler/icons-react/icons/IconDots';
import IconFolder from '@tabler/icons-react/icons/IconFolder';
import IconHourglass from '@tabler/icons-react/icons/IconHourglass';
import IconInbox from '@tabler/icons-react/icons/IconInbox';
import IconListSearch from '@tabler/icons-react/icons/IconListSearch';
import IconParking from '@tabler/icons-react/icons/IconParking';
import IconSend from '@tabler/icons-react/icons/IconSend';
import IconShieldLock from '@tabler/icons-react/icons/IconShieldLock';
import IconUsers from '@tabler/icons-react/icons/IconUsers';
import { Link, useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../features/accounts/index.ts';
import { type Place, placesFor, placesOnPhone } from './places.ts';

const shapes: Record<Place['name'], typeof IconInbox> = {
  overview: IconChecklist,
  cases: IconFolder,
  parking: IconParking,
  devices: IconAntenna,
  rooms: IconBuilding,
  register: IconBook2,
  audit: IconListSearch,
  privacy: IconShieldLock,
  retention: IconHourglass,
  messages: IconSend,
  accounts: IconUsers,
  inbox: IconInbox,
};

/** The pages. On a telephone the first stand in the bar, the others behind a button. */
export function Navigation() {
  const { t } = useTranslation('shell');
  const { inBar, more } = placesOnPhone(placesFor(useMe()));
  return (
    <nav className="shell-nav" aria-label={t('pages')}>
      <Link to="/" className="shell-mark">
        <img src="/vigie.svg" alt="" width={32} height={32} />
        <span>Vigie</span>
      </Link>
      <ul>
        {inBar.map((place) => (
          <li key={place.to}>
            <PlaceLink place={place} />
          </li>
        ))}
        {more.map((place) => (
          <li key={place.to} className="shell-wide">
            <PlaceLink place={place} />
          </li>
        ))}
        {more.length > 0 && (
          <li className="shell-narrow">
            <More places={more} />
          </li>
        )}
      </ul>
    </nav>
  );
}

function PlaceLink({ place: { to, name }, onGo }: { place: Place; onGo?: () => void }) {
  const { t } = useTranslation('shell');
  const Shape = shapes[name];
  return (
    <Link
      to={to}
      className="shell-place"
      activeProps={{ 'aria-current': 'page' }}
      {...(onGo ? { onClick: onGo } : {})}
    >
      <Shape size={22} stroke={1.8} aria-hidden />
      <span>{t(`page.${name}`)}</span>
    </Link>
  );
}

/** The pages for which the bar of a telephone has no room. */
function More({ places }: { places: readonly Place[] }) {
  const { t } = useTranslation('shell');
  const [isOpen, setOpen] = useState(false);
  const { pathname } = useLocation();
  const here = places.find(({ to }) => pathname === to || pathname.startsWith(`${to}/`));
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="top-end"
      width={250}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button
          type="button"
          className="shell-place"
          data-here={here !== undefined}
          onClick={() => setOpen(!isOpen)}
        >
          <IconDots size={22} stroke={1.8} aria-hidden />
          <span>{t('more')}</span>
          {here && (
            <span className="visually-hidden">
              {t('moreHere', { page: t(`page.${here.name}`) })}
            </span>
          )}
        </button>
      </Popover.Target>
      <Popover.Dropdown className="shell-more">
        <ul>
          {places.map((place) => (
            <li key={place.to}>
              <PlaceLink place={place} onGo={() => setOpen(false)} />
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
