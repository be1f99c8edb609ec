import { Button } from '@mantine/core';
import IconAntenna from '@tabler/icons-react/icons/IconAntenna';
import IconCamera from '@tabler/icons-react/icons/IconCamera';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import IconPrinter from '@tabler/icons-react/icons/IconPrinter';
import IconQrcode from '@tabler/icons-react/icons/IconQrcode';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Bollard } from '@vigie/contracts/devices';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer, Empty, Failed, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { useApi } from '../../platform/react.tsx';
import { useMay } from '../accounts/index.ts';
import { bollardsQuery, spacesQuery } from '../parking/index.ts';
import { DeviceList, FilterBar } from './device-list.tsx';
import { InventoryUpload } from './inventory-upload.tsx';
import { labelsPath } from './key-once.tsx';
import { PairDialog } from './pair-form.tsx';
import { faultsQuery, unreadQuery } from './queries.ts';
import { type DeviceFilter, devicesMatching, openFaults, strangersIn } from './registry.ts';
import { Faults, Strangers, Unread } from './troubles.tsx';
import './devices.css';

interface DevicesPageProps {
  filter: DeviceFilter;
  onFilter: (filter: DeviceFilter) => void;
}

/** All devices: what calls in vain and what is at fault first, then the registry. */
export function DevicesPage({ filter, onFilter }: DevicesPageProps) {
  const { t } = useTranslation('devices');
  const may = useMay()('devices.write');
  const bollards = useQuery(bollardsQuery(useApi()));
  const [pairing, setPairing] = useState<string>();
  return (
    <Page title={t('title')} actions={<Actions onPair={may ? () => setPairing('') : undefined} />}>
      <Answer query={bollards} waiting={<Waiting rows={6} height={64} />}>
        {(all) => (
          <>
            <Troubles all={all} onPair={setPairing} />
            <Registry all={all} filter={filter} onFilter={onFilter} />
            <Unreadable />
          </>
        )}
      </Answer>
      <PairDialog eui={pairing} onClose={() => setPairing(undefined)} />
    </Page>
  );
}

/** `onPair` undefined: nothing may be changed. */
function Actions({ onPair }: { onPair: (() => void) | undefined }) {
  const { t } = useTranslation('devices');
  return (
    <div className="page-actions">
      <Link to="/devices/cameras" className="page-action">
        <IconCamera size={18} aria-hidden />
        {t('cameras')}
      </Link>
      {onPair && (
        <>
          <Button
            leftSection={<IconQrcode size={18} aria-hidden />}
            h={42}
            fz="md"
            onClick={onPair}
          >
            {t('add')}
          </Button>
          <InventoryUpload />
        </>
      )}
    </div>
  );
}

function Troubles({ all, onPair }: { all: Bollard[]; onPair: (eui: string) => void }) {
  const api = useApi();
  const faults = useQuery(faultsQuery(api));
  const unread = useQuery(unreadQuery(api));
  const failed = [faults, unread].find(({ error }) => error);
  return (
    <>
      {failed && <Failed error={failed.error} onRetry={() => void failed.refetch()} />}
      <Strangers strangers={strangersIn(unread.data ?? [], all)} onPair={onPair} />
      <Faults faults={openFaults(faults.data ?? [])} />
    </>
  );
}

function Unreadable() {
  const unread = useQuery(unreadQuery(useApi())).data;
  return unread && <Unread unread={unread} />;
}

function Registry({ all, filter, onFilter }: DevicesPageProps & { all: Bollard[] }) {
  const { t } = useTranslation('devices');
  const mayPark = useMay()('parking.read');
  const list = useQuery({ ...spacesQuery(useApi()), enabled: mayPark }).data ?? [];
  const spaces = new Map(list.map((space) => [space.id, space]));
  const shown = devicesMatching(all, filter, spaces);
  return (
    <section className="section">
      <h2>
        {t('registry')} <span className="section-count">{shown.length}</span>
      </h2>
      {all.length === 0 ? (
        <Empty icon={<IconAntenna size={22} aria-hidden />} text={t('none')} hint={t('noneHint')} />
      ) : (
        <>
          <FilterBar all={all} filter={filter} onFilter={onFilter} />
          <DeviceList devices={shown} spaces={spaces} />
          <Files shown={shown} isWhole={!filter.life && !filter.q} />
        </>
      )}
    </section>
  );
}

/** As many ids as an address can hold for sure. */
const mostNamed = 60;

/** The inventory as a file; labels of what is shown, as long as it can be named, else of all. */
function Files({ shown, isWhole }: { shown: readonly Bollard[]; isWhole: boolean }) {
  const { t } = useTranslation('devices');
  const standing = shown.filter(({ spaceId }) => spaceId !== null).map(({ id }) => id);
  const canName = !isWhole && standing.length <= mostNamed;
  return (
    <div className="page-actions device-files">
      <a className="page-action" href="/api/v1/bollards.csv" download>
        <IconDownload size={18} aria-hidden />
        {t('export', { format: 'CSV' })}
      </a>
      <a className="page-action" href="/api/v1/bollards.yaml" download>
        <IconDownload size={18} aria-hidden />
        {t('export', { format: 'YAML' })}
      </a>
      {standing.length > 0 && (
        <a
          className="page-action"
          href={canName ? labelsPath(standing) : '/api/v1/bollards/labels.pdf'}
          download
        >
          <IconPrinter size={18} aria-hidden />
          {canName ? t('labels', { count: standing.length }) : t('labelsAll')}
        </a>
      )}
    </div>
  );
}
