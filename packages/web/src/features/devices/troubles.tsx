import { Button } from '@mantine/core';
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle';
import IconAntenna from '@tabler/icons-react/icons/IconAntenna';
import type { Fault, UnreadMessage } from '@vigie/contracts/devices';
import { useTranslation } from 'react-i18next';
import { Around, Moment } from '../../face/moment.tsx';
import { useMay } from '../accounts/index.ts';
import { useParkingNow } from '../parking/index.ts';
import type { Stranger } from './registry.ts';

interface StrangersProps {
  strangers: readonly Stranger[];
  onPair: (eui: string) => void;
}

/** Devices that call and that nobody registered: each can be given its space. */
export function Strangers({ strangers, onPair }: StrangersProps) {
  const { t } = useTranslation('devices');
  const may = useMay()('devices.write');
  const nowMs = useParkingNow();
  if (strangers.length === 0) return null;
  return (
    <section className="section">
      <h2>
        {t('strangers')} <span className="section-count">{strangers.length}</span>
      </h2>
      <ul className="device-list card">
        {strangers.map(({ eui, messages, lastAt }) => (
          <li key={eui} className="device device-trouble">
            <span className="state state-fault">
              <IconAntenna size={17} aria-hidden />
              {t('unknown')}
            </span>
            <div className="device-text">
              <strong>{eui}</strong>
              <span className="quiet small">
                {t('calls', { count: messages })} · <Moment at={lastAt} nowMs={nowMs} />
              </span>
            </div>
            {may && (
              <Button variant="default" onClick={() => onPair(eui)}>
                {t('pairEui')}
                <span className="visually-hidden"> {eui}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What is wrong now, with its ticket. */
export function Faults({ faults }: { faults: readonly Fault[] }) {
  const { t } = useTranslation('devices');
  const nowMs = useParkingNow();
  if (faults.length === 0) return null;
  return (
    <section className="section">
      <h2>
        {t('faults')} <span className="section-count">{faults.length}</span>
      </h2>
      <ul className="device-list card">
        {faults.map(({ id, deviceId, kind, detail, openedAt, ticket }) => (
          <li key={id} className="device device-trouble">
            <span className="state state-fault">
              <IconAlertTriangle size={17} aria-hidden />
              {t(`fault.${kind}`)}
            </span>
            <div className="device-text">
              <strong>{deviceId}</strong>
              <span className="quiet small">
                <Around text={t('since', { when: '\0' })}>
                  <Moment at={openedAt} nowMs={nowMs} />
                </Around>
                {detail && ` · ${detail}`}
              </span>
            </div>
            <span className="small">
              {ticket === null ? t('noTicket') : t('ticket', { number: ticket })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Messages that could not be read, as they came; folded away, since they are for whoever looks into them. */
export function Unread({ unread }: { unread: readonly UnreadMessage[] }) {
  const { t } = useTranslation('devices');
  const nowMs = useParkingNow();
  return (
    <details className="section device-unread">
      <summary>
        {t('unread')} <span className="section-count">{unread.length}</span>
      </summary>
      {unread.length === 0 && <p className="quiet">{t('noUnread')}</p>}
      <ul>
        {unread.map(({ id, deviceId, receivedAt, reason, payload }) => (
          <li key={id} className="card device-message">
            <p>
              <strong>{deviceId || t('unknown')}</strong>{' '}
              <span className="quiet small">
                <Moment at={receivedAt} nowMs={nowMs} />
              </span>
            </p>
            <p className="small">{reason}</p>
            <code>{payload}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}
