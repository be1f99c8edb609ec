import { Button, Radio, TextInput } from '@mantine/core';
import IconRadar2 from '@tabler/icons-react/icons/IconRadar2';
import { Link } from '@tanstack/react-router';
import type { CameraEnquiry, DeviceStream } from '@vigie/contracts/camera-enquiries';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty, Failed } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { useGoOn } from './add-camera-page.tsx';
import { CameraForm, LoginFields } from './camera-form.tsx';
import { emptyEntry } from './entry.ts';
import { advisedStream } from './stream-advice.ts';
import { EnquiryTroubleText } from './trial-result.tsx';
import { useEnquiry } from './use-enquiry.ts';

type Found = CameraEnquiry['found'][number];

/** The cameras that answer on the network: one is chosen, signed in at, and one of its streams added. */
export function FindCamerasPage() {
  const { t } = useTranslation('cameras');
  const { begin, enquiry, error, isUnderway } = useEnquiry();
  const [chosen, setChosen] = useState<Found>();
  const forget = () => setChosen(undefined);
  if (chosen)
    return (
      <Page title={chosen.name || chosen.host} actions={<OtherCamera onBack={forget} />}>
        <Device key={chosen.service} device={chosen} />
      </Page>
    );
  return (
    <Page title={t('find')} back={{ to: '/rooms', text: t('back') }}>
      <p>{t('findHow')}</p>
      <Button
        leftSection={<IconRadar2 size={18} aria-hidden />}
        loading={isUnderway}
        onClick={() => begin({ kind: 'discover' })}
      >
        {t('search')}
      </Button>
      <div role="status" className="camera-found">
        {isUnderway && <p className="quiet">{t('searching')}</p>}
        {enquiry?.step === 'done' && <EnquiryTroubleText enquiry={enquiry} />}
        {enquiry?.step === 'done' && !enquiry.trouble && enquiry.found.length === 0 && (
          <Empty text={t('foundNone')} hint={t('foundNoneHint')} />
        )}
      </div>
      {error && <Failed error={error} />}
      {enquiry && <FoundList found={enquiry.found} onChoose={setChosen} />}
      <ByHost onChoose={setChosen} />
    </Page>
  );
}

interface Choosing {
  onChoose: (device: Found) => void;
}

function FoundList({ found, onChoose }: Choosing & { found: readonly Found[] }) {
  const { t } = useTranslation('cameras');
  if (found.length === 0) return null;
  return (
    <ul className="camera-found-list card" aria-label={t('foundList')}>
      {found.map((device) => (
        <li key={device.service}>
          <div>
            <strong>{device.name || device.host}</strong>
            <p className="quiet small">
              {[device.hardware, device.host].filter(Boolean).join(' · ')}
            </p>
            {device.isForbidden && <p className="state-fault small">{t('trouble.forbidden')}</p>}
            {device.cameraIds.length > 0 && (
              <p className="small">{t('known', { ids: device.cameraIds.join(', ') })}</p>
            )}
          </div>
          <Button
            variant="default"
            disabled={device.isForbidden}
            aria-label={t('chooseOf', { name: device.name || device.host })}
            onClick={() => onChoose(device)}
          >
            {t('choose')}
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** A call does not leave its network: a camera beyond is asked by its address. */
function ByHost({ onChoose }: Choosing) {
  const { t } = useTranslation('cameras');
  const [host, setHost] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const service = `http://${host.trim()}/onvif/device_service`;
    const nothing = { name: '', hardware: '', isForbidden: false, cameraIds: [] };
    onChoose({ ...nothing, service, host: host.trim() });
  };
  return (
    <form className="camera-form" onSubmit={submit}>
      <TextInput
        label={t('host')}
        description={t('hostMeans')}
        required
        maxLength={260}
        pattern="[^\s\/@]+"
        autoComplete="off"
        value={host}
        onChange={({ currentTarget: { value } }) => setHost(value)}
      />
      <Button type="submit" variant="default">
        {t('choose')}
      </Button>
      <p className="small">
        {t('noOnvif')} <Link to="/add-camera">{t('addCamera')}</Link>
      </p>
    </form>
  );
}

function OtherCamera({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation('cameras');
  return (
    <Button variant="default" onClick={onBack}>
      {t('otherCamera')}
    </Button>
  );
}

function Device({ device }: { device: Found }) {
  const { t } = useTranslation('cameras');
  const [login, setLogin] = useState({ username: '', password: '' });
  const { begin, enquiry, error, isUnderway } = useEnquiry();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { service } = device;
    begin({ kind: 'streams', service, ...(login.username === '' ? {} : { login }) });
  };
  const isRead = enquiry?.step === 'done' && !enquiry.trouble;
  return (
    <>
      {!isRead && (
        <form className="camera-form" onSubmit={submit}>
          <p>{t('signInHow')}</p>
          <LoginFields entry={login} onEntry={(part) => setLogin({ ...login, ...part })} />
          <div role="status">
            {isUnderway && <p className="quiet">{t(`step.${enquiry?.step ?? 'asked'}`)}</p>}
            {enquiry?.step === 'done' && <EnquiryTroubleText enquiry={enquiry} />}
          </div>
          {error && <Failed error={error} />}
          <Button type="submit" loading={isUnderway}>
            {t('readStreams')}
          </Button>
        </form>
      )}
      {isRead && <Streams device={device} enquiry={enquiry} />}
    </>
  );
}

function Streams({ device, enquiry }: { device: Found; enquiry: CameraEnquiry }) {
  const { t } = useTranslation('cameras');
  const goOn = useGoOn();
  const { make, streams } = enquiry;
  const advised = advisedStream(streams, emptyEntry.profile);
  const [chosen, setChosen] = useState(advised);
  return (
    <>
      {make && <p>{t('make', make)}</p>}
      {streams.length === 0 && <Empty text={t('streamsNone')} hint={t('noOnvif')} />}
      <Radio.Group
        label={t('stream')}
        description={t('streamMeans')}
        value={chosen?.shown ?? ''}
        onChange={(shown) => setChosen(streams.find((one) => one.shown === shown))}
      >
        <div className="camera-streams">
          {streams.map((stream) => (
            <StreamChoice key={stream.shown} stream={stream} isAdvised={stream === advised} />
          ))}
        </div>
      </Radio.Group>
      {chosen?.source && (
        <CameraForm
          key={chosen.source}
          start={{ ...emptyEntry, name: device.name || make?.model || '', source: chosen.source }}
          found={chosen.shown}
          onSaved={goOn}
        />
      )}
    </>
  );
}

function StreamChoice({ stream, isAdvised }: { stream: DeviceStream; isAdvised: boolean }) {
  const { t } = useTranslation('cameras');
  const { name, codec, width, height, fps, shown, trouble } = stream;
  const facts = t('streamFacts', { codec, width, height, rate: fps });
  return (
    <Radio
      value={shown}
      disabled={trouble !== null}
      label={isAdvised ? t('advised', { name }) : name}
      description={trouble ? t(`trouble.${trouble}`) : facts}
    />
  );
}
