import { Button, TextInput } from '@mantine/core';
import IconSearch from '@tabler/icons-react/icons/IconSearch';
import { Link } from '@tanstack/react-router';
import { type Bollard, cameraModel } from '@vigie/contracts/devices';
import type { SpaceView } from '@vigie/contracts/parking';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Moment } from '../../face/moment.tsx';
import { Empty } from '../../face/notice.tsx';
import { useMay } from '../accounts/index.ts';
import { useParkingNow } from '../parking/index.ts';
import { type Asked, DeviceDialog, DeviceMenu } from './device-actions.tsx';
import { LifeWord } from './life-word.tsx';
import { type DeviceFilter, livesIn } from './registry.ts';

interface FilterBarProps {
  all: readonly Bollard[];
  filter: DeviceFilter;
  onFilter: (filter: DeviceFilter) => void;
}

/** Looks for a device, or for all that stand at one point of their life. */
export function FilterBar({ all, filter, onFilter }: FilterBarProps) {
  const { t } = useTranslation('devices');
  const { life: _life, ...anyLife } = filter;
  const { q: _q, ...anyText } = filter;
  return (
    <div className="device-filter">
      <TextInput
        type="search"
        className="device-search"
        aria-label={t('search')}
        placeholder={t('search')}
        leftSection={<IconSearch size={18} aria-hidden />}
        value={filter.q ?? ''}
        onChange={({ currentTarget: { value } }) =>
          onFilter(value ? { ...anyText, q: value } : anyText)
        }
      />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as one line everywhere */}
      <div className="device-lives" role="group" aria-label={t('lives')}>
        {livesIn(all).map(({ life, count }) => (
          <button
            key={life}
            type="button"
            className="device-life"
            aria-pressed={filter.life === life}
            onClick={() => onFilter(filter.life === life ? anyLife : { ...anyLife, life })}
          >
            {t(`life.${life}`)} <span className="section-count">{count}</span>
          </button>
        ))}
      </div>
    </div>
  );
}

/** Ten thousand rows at once would stop a thin client. */
const atOnce = 100;

interface DeviceListProps {
  devices: readonly Bollard[];
  /** By id; empty for those who may not see spaces. */
  spaces: ReadonlyMap<string, SpaceView>;
}

/** Devices, one a line: how each is, where it stands, what can be done. */
export function DeviceList({ devices, spaces }: DeviceListProps) {
  const { t } = useTranslation(['devices', 'face']);
  const [limit, setLimit] = useState(atOnce);
  const [asked, setAsked] = useState<Asked>();
  return (
    <>
      {devices.length === 0 && <Empty text={t('noneFound')} hint={t('noneFoundHint')} />}
      <ul className="device-list card" hidden={devices.length === 0} aria-label={t('title')}>
        {devices.slice(0, limit).map((device) => (
          <DeviceRow key={device.id} device={device} spaces={spaces} onAsk={setAsked} />
        ))}
      </ul>
      {devices.length > limit && (
        <Button mt="md" variant="default" onClick={() => setLimit(limit + atOnce)}>
          {t('face:showMore', { count: Math.min(atOnce, devices.length - limit) })}
        </Button>
      )}
      <DeviceDialog asked={asked} onClose={() => setAsked(undefined)} />
    </>
  );
}

interface DeviceRowProps {
  device: Bollard;
  spaces: DeviceListProps['spaces'];
  onAsk: (asked: Asked) => void;
}

function DeviceRow({ device, spaces, onAsk }: DeviceRowProps) {
  const { t } = useTranslation('devices');
  const nowMs = useParkingNow();
  return (
    <li className="device" data-testid={`device-${device.id}`} data-life={device.life}>
      <LifeWord life={device.life} />
      <div className="device-text">
        <strong>{device.id}</strong>
        <span className="quiet small">
          {device.model}
          {device.deviceEui && ` · ${device.deviceEui}`}
          {device.firmware && ` · ${t('firmware', { version: device.firmware })}`}
        </span>
      </div>
      <div className="device-where">
        <SpaceLinks ids={device.spaceIds} spaces={spaces} />
        {device.replacedBy && (
          <span className="quiet small">{t('replacedBy', { id: device.replacedBy })}</span>
        )}
      </div>
      <div className="device-health small">
        <span>
          {device.lastSeenAt ? <Moment at={device.lastSeenAt} nowMs={nowMs} /> : t('neverSeen')}
        </span>
        {device.batteryPercent !== null && (
          <span className="quiet">
            {t('battery', { percent: Math.round(device.batteryPercent) })}
          </span>
        )}
      </div>
      {device.model !== cameraModel && <DeviceMenu device={device} onAsk={onAsk} />}
    </li>
  );
}

function SpaceLinks({ ids, spaces }: { ids: string[]; spaces: DeviceListProps['spaces'] }) {
  const { t } = useTranslation('devices');
  const may = useMay()('parking.read');
  if (ids.length === 0) return <span className="quiet small">{t('nowhere')}</span>;
  return ids.map((id) => {
    const name = t('space', { label: spaces.get(id)?.label ?? id });
    if (!may) return <span key={id}>{name}</span>;
    return (
      <Link key={id} to="/parking/$spaceId" params={{ spaceId: id }}>
        {name}
      </Link>
    );
  });
}
