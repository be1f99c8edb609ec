import { Button, Modal } from '@mantine/core';
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle';
import IconBellRinging from '@tabler/icons-react/icons/IconBellRinging';
import IconCheck from '@tabler/icons-react/icons/IconCheck';
import IconPlug from '@tabler/icons-react/icons/IconPlug';
import { useQuery } from '@tanstack/react-query';
import type { AlarmInputView } from '@vigie/contracts/alarm-inputs';
import { topics } from '@vigie/contracts/topics';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Around, Moment } from '../../face/moment.tsx';
import { Answer, Empty, Failed, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { useApi, useNow } from '../../platform/react.tsx';
import { useMay } from '../accounts/index.ts';
import { buildingsQuery } from '../rooms/index.ts';
import { InputForm } from './input-form.tsx';
import { PanelKey } from './panel-key.tsx';
import { alarmInputsQuery, useInputs } from './queries.ts';
import { Trial } from './trial.tsx';
import './inputs.css';

/** The contacts of fire panels: whether each is read, since when not, and where; beside the other ways in. */
export function InputsPage() {
  const { t } = useTranslation(['inputs', 'face']);
  const may = useMay()('town.write');
  const inputs = useQuery(alarmInputsQuery(useApi()));
  /** What the form is open for; `null`: closed. */
  const [open, setOpen] = useState<AlarmInputView | 'new' | null>(null);
  const close = () => setOpen(null);
  return (
    <Page
      title={t('title')}
      back={{ to: '/rooms', text: t('rooms') }}
      actions={may && <Button onClick={() => setOpen('new')}>{t('add')}</Button>}
    >
      <Answer query={inputs} waiting={<Waiting rows={2} height={90} />}>
        {(all) =>
          all.length === 0 ? (
            <Empty
              icon={<IconPlug size={22} aria-hidden />}
              text={t('none')}
              hint={t('noneHint')}
            />
          ) : (
            <ul className="inputs card" aria-label={t('title')}>
              {all.map((input) => (
                <InputRow key={input.id} input={input} onChange={() => setOpen(input)} />
              ))}
            </ul>
          )
        }
      </Answer>
      <OtherWays />
      <Modal
        closeButtonProps={{ 'aria-label': t('face:close') }}
        opened={open !== null}
        onClose={close}
        title={t(open === 'new' ? 'add' : 'change')}
        centered
      >
        <InputForm input={open === 'new' || open === null ? undefined : open} onDone={close} />
      </Modal>
    </Page>
  );
}

const shapes = { rest: IconCheck, active: IconBellRinging, fault: IconAlertTriangle };

function InputRow({ input, onChange }: { input: AlarmInputView; onChange: () => void }) {
  const { t } = useTranslation(['inputs', 'alarm']);
  const may = useMay()('town.write');
  const { name, buildingId, host, port, unit, register, address, kind, state, problem } = input;
  const building = useQuery(buildingsQuery(useApi())).data?.find(({ id }) => id === buildingId);
  return (
    <li data-testid={`input-${input.id}`} data-state={state}>
      <div className="input-text">
        <strong>{name}</strong>
        <StateWord input={input} />
        {state === 'fault' && problem && <code className="small">{problem}</code>}
        <span className="quiet small">
          {building?.name ?? buildingId} · {t(`alarm:kind.${kind}`)} · {host}:{port} ·{' '}
          {t('where', { unit, register: t(`register.${register}`), address })}
        </span>
      </div>
      {may && (
        <div className="input-buttons">
          <Trial settings={input} />
          <Button variant="default" onClick={onChange}>
            {t('change')}
          </Button>
          <Remove id={input.id} />
        </div>
      )}
    </li>
  );
}

/** As shape and word; of a fault since when nothing is known. */
function StateWord({ input: { state, readAt } }: { input: AlarmInputView }) {
  const { t } = useTranslation('inputs');
  const nowMs = useNow();
  const Shape = shapes[state];
  return (
    <span className={`state ${state === 'rest' ? '' : 'state-fault'}`}>
      <Shape size={17} aria-hidden />
      <strong>{t(`state.${state}`)}</strong>
      <span className="quiet small">
        {readAt ? (
          <Around text={t(state === 'fault' ? 'unreadSince' : 'readAt', { when: '\0' })}>
            <Moment at={readAt} nowMs={nowMs} />
          </Around>
        ) : (
          t('neverRead')
        )}
      </span>
    </span>
  );
}

/** Asks once more: from then on nobody listens to the contact. */
function Remove({ id }: { id: string }) {
  const { t } = useTranslation(['inputs', 'face']);
  const [isAsked, setAsked] = useState(false);
  const { remove } = useInputs();
  if (!isAsked)
    return (
      <Button variant="default" onClick={() => setAsked(true)}>
        {t('remove')}
      </Button>
    );
  return (
    <>
      <Button loading={remove.isPending} onClick={() => remove.mutate(id)}>
        {t('removeSure')}
      </Button>
      <Button variant="default" onClick={() => setAsked(false)}>
        {t('face:cancel')}
      </Button>
      {remove.error && <Failed error={remove.error} />}
    </>
  );
}

/** Where panels and gateways that speak by themselves send their alarms, by building. */
function OtherWays() {
  const { t } = useTranslation('inputs');
  const may = useMay()('town.write');
  const buildings = useQuery(buildingsQuery(useApi())).data ?? [];
  if (buildings.length === 0) return null;
  return (
    <section className="section">
      <h2>{t('others')}</h2>
      <p className="quiet small">{t('othersHint')}</p>
      <ul className="inputs card">
        {buildings.map(({ id, name }) => (
          <li key={id}>
            <div className="input-text">
              <strong>{name}</strong>
              <span className="small">
                {t('webhook')} <code>{`POST ${location.origin}/api/v1/alarms/${id}`}</code>
              </span>
              <span className="small">
                {t('mqtt')} <code>{topics.buildingAlarm(id)}</code>
              </span>
            </div>
            {may && <PanelKey building={{ id, name }} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
