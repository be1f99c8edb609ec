import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CameraFeedView } from '@vigie/contracts/evacuation';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from '../../face/language-switch.tsx';
import { Answer, Waiting } from '../../face/notice.tsx';
import { useWindowTitle } from '../../face/page.tsx';
import { type Api, ApiError } from '../../platform/api.ts';
import { useApi, useTimeStyle } from '../../platform/react.tsx';
import { type FilmingEnd, useFilming } from './filming.ts';
import './phone-camera.css';

/** A telephone or laptop films a room by a link. Nobody signs in here: the token in the link stands for it. */
export function PhoneCameraPage({ token }: { token: string }) {
  const { t } = useTranslation('phoneCamera');
  const api = useApi();
  const query = useQuery({
    queryKey: ['camera-feed', token],
    queryFn: () => askAbout(api, token),
  });
  useWindowTitle(query.data?.camera ?? t('title'));
  return (
    <div className="phone-camera">
      <header>
        <span>Vigie</span>
        <LanguageSwitch />
      </header>
      <main>
        <h1>{t('title')}</h1>
        <Answer query={query} waiting={<Waiting rows={2} height={120} />}>
          {(view) => <Camera view={view} token={token} />}
        </Answer>
      </main>
    </div>
  );
}

const askAbout = (api: Api, token: string): Promise<CameraFeedView> =>
  api.get(`/camera-feed/about?token=${encodeURIComponent(token)}`, CameraFeedView);

function Camera({ view, token }: { view: CameraFeedView; token: string }) {
  const [isOn, setOn] = useState(false);
  const [wasOn, setWasOn] = useState(false);
  const stop = () => {
    setOn(false);
    setWasOn(true);
  };
  return (
    <>
      <Place view={view} />
      {isOn ? (
        <Film token={token} onStop={stop} onAgain={() => setOn(false)} />
      ) : (
        <Before wasOn={wasOn} onStart={() => setOn(true)} />
      )}
    </>
  );
}

function Place({ view: { camera, room, building, until } }: { view: CameraFeedView }) {
  const { t } = useTranslation('phoneCamera');
  const { language, timeZone } = useTimeStyle();
  const when = new Date(until).toLocaleString(language, {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone,
  });
  return (
    <p className="phone-camera-place">
      <strong>{camera}</strong>
      <span>{t('place', { room, building })}</span>
      <span className="quiet small">{t('until', { when })}</span>
    </p>
  );
}

function Before({ wasOn, onStart }: { wasOn: boolean; onStart: () => void }) {
  const { t } = useTranslation('phoneCamera');
  return (
    <section>
      {wasOn && <p role="status">{t('end.stopped')}</p>}
      <p>{t('what')}</p>
      <p>{t('who')}</p>
      <p>{t('how')}</p>
      <Button size="lg" fullWidth onClick={onStart}>
        {t(wasOn ? 'again' : 'start')}
      </Button>
    </section>
  );
}

interface FilmProps {
  token: string;
  onStop: () => void;
  onAgain: () => void;
}

function Film({ token, onStop, onAgain }: FilmProps) {
  const { t } = useTranslation('phoneCamera');
  const api = useApi();
  const video = useRef<HTMLVideoElement>(null);
  const deps = useMemo(
    () => ({
      url: socketAddress(token),
      isRefused: () => askAbout(api, token).then(() => false, isRefusal),
      video,
    }),
    [api, token],
  );
  const filming = useFilming(deps);
  if (filming.kind === 'ended') return <Ended end={filming.end} onAgain={onAgain} />;
  return (
    <section className="phone-camera-film" data-state={filming.kind}>
      <video ref={video} muted playsInline aria-label={t('preview')} />
      <p role="status">
        <span className="phone-camera-dot" aria-hidden />
        {t(`state.${filming.kind}`)}
      </p>
      <Button size="lg" fullWidth onClick={onStop}>
        {t('stop')}
      </Button>
    </section>
  );
}

function Ended({ end, onAgain }: { end: FilmingEnd; onAgain: () => void }) {
  const { t } = useTranslation('phoneCamera');
  return (
    <section role="alert">
      <p>{t(`end.${end}`)}</p>
      {end !== 'refused' && (
        <Button variant="default" onClick={onAgain}>
          {t('again')}
        </Button>
      )}
    </section>
  );
}

/** The server spoke, and said that the link opens nothing. */
const isRefusal = (error: unknown): boolean => error instanceof ApiError && error.status === 401;

function socketAddress(token: string): string {
  const address = new URL('/api/v1/camera-feed', location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  address.searchParams.set('token', token);
  return address.href;
}
