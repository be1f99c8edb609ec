import IconEyeOff from '@tabler/icons-react/icons/IconEyeOff';
import type { Camera } from '@vigie/contracts/evacuation';
import type { FrameHeader, WatchMode } from '@vigie/contracts/vision';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../face/notice.tsx';
import { type Api, ApiError } from '../../platform/api.ts';
import { useApi, useServerClock, useTimeStyle } from '../../platform/react.tsx';
import { durationText } from '../../platform/time.ts';
import { createCameraLive, refusalIn, type Shot, type Trouble } from './camera-live.ts';
import { drawShot } from './draw.ts';
import { PICTURE_STALE_MS, pictureAgeMs } from './face.ts';

/** In which way a camera is looked at; the clear view has a reason. */
export interface Look {
  mode: WatchMode;
  reason: string;
  /** Each box says its number and how sure it is. */
  hasLabels?: boolean;
}

interface Picture {
  header: FrameHeader | undefined;
  /** Milliseconds, stepping four times a second. */
  ageMs: number;
  trouble: Trouble | undefined;
}

const isStale = ({ ageMs }: Pick<Picture, 'ageMs'>): boolean => ageMs > PICTURE_STALE_MS;

/** For somebody who counts by eye: neither boxes nor count are shown. */
interface Blind {
  /** The picture is stopped. */
  isHeld: boolean;
  /** Time of the picture that is shown; `undefined`: none, or an old one. */
  onPicture: (at: string | undefined) => void;
}

interface CameraPictureProps {
  camera: Camera;
  look: Look;
  blind?: Blind;
  /** Lies over the picture. */
  children?: ReactNode;
}

/** The live picture of one camera with its own boxes and count. Too old, it is veiled and says so. */
export function CameraPicture({ camera, look, blind, children }: CameraPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const picture = useCameraPicture(camera.id, { look, canvas, blind });
  const { t } = useTranslation('rooms');
  const { header } = picture;
  const count = blind ? undefined : (header?.count ?? undefined);
  const label = blind
    ? t('picture.labelBlind', { camera: camera.name })
    : count === undefined
      ? t('picture.labelUnknown', { camera: camera.name })
      : t('picture.label', { count, camera: camera.name });
  return (
    <figure className="picture card" data-testid={`camera-${camera.id}`} data-mode={look.mode}>
      <div className="picture-frame">
        <canvas ref={canvas} role="img" aria-label={label} width={640} height={360} />
        {!blind?.isHeld && <Veil picture={picture} />}
        {children}
      </div>
      <figcaption>
        <span>
          <strong>{camera.name}</strong>
          <span className={`small ${look.mode === 'clear' ? 'picture-clear' : 'quiet'}`}>
            {t(`mode.${look.mode}`)}
          </span>
        </span>
        {!blind && <PictureCount picture={picture} />}
      </figcaption>
    </figure>
  );
}

interface CameraFrameProps {
  cameraId: string;
  label: string;
  /** Lies over the picture, once there is one. */
  children: ReactNode;
}

/** The protected picture of a camera to draw on, without counts; an old one serves as well. */
export function CameraFrame({ cameraId, label, children }: CameraFrameProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const picture = useCameraPicture(cameraId, { look: PROTECTED, canvas, blind: undefined });
  return (
    <div className="picture card">
      <div className="picture-frame">
        <canvas ref={canvas} role="img" aria-label={label} width={640} height={360} />
        <Veil picture={{ ...picture, ageMs: 0 }} />
        {picture.header && children}
      </div>
    </div>
  );
}

const PROTECTED: Look = { mode: 'private', reason: '' };

/** The count of this very picture; of an old one nothing is said. */
function PictureCount({ picture }: { picture: Picture }) {
  const { t } = useTranslation('rooms');
  const count = picture.header?.count;
  const text =
    count === undefined || count === null || isStale(picture)
      ? t('picture.countUnknown')
      : count === 0
        ? t('picture.nobody')
        : t('picture.count', { count });
  return (
    <span className="picture-count" data-testid="picture-count">
      {text}
    </span>
  );
}

function Veil({ picture }: { picture: Picture }) {
  const { t } = useTranslation('rooms');
  const { language } = useTimeStyle();
  const errorText = useErrorText();
  const { header, trouble, ageMs } = picture;
  if (trouble instanceof ApiError) return <VeilText text={errorText(trouble)} />;
  if (trouble === 'withheld') {
    return <VeilText text={t('picture.withheld')} hint={t('picture.withheldHint')} />;
  }
  if (!header) return <VeilText text={t(trouble ? 'picture.lost' : 'picture.waiting')} />;
  if (!isStale(picture)) return null;
  return (
    <VeilText
      text={t('picture.stale', { age: durationText(ageMs, language) })}
      hint={t('picture.staleHint')}
    />
  );
}

const VeilText = ({ text, hint }: { text: string; hint?: string }) => (
  <div className="picture-veil">
    <p>
      <IconEyeOff size={28} aria-hidden />
      <strong>{text}</strong>
      {hint && <span>{hint}</span>}
    </p>
  </div>
);

const AGE_STEP_MS = 250;

interface View {
  look: Look;
  canvas: React.RefObject<HTMLCanvasElement | null>;
  blind: Blind | undefined;
}

function useCameraPicture(cameraId: string, { look, canvas, blind }: View): Picture {
  const { mode, reason } = look;
  const watcher = useRef(blind);
  watcher.current = blind;
  const hasLabels = useRef(false);
  hasLabels.current = look.hasLabels === true;
  const clock = useServerClock();
  const api = useApi();
  const isVisible = useIsVisible();
  const [picture, setPicture] = useState<Picture>(nothingYet);
  useEffect(() => {
    if (!isVisible) return;
    let shot: Shot | undefined;
    let receivedMs = 0;
    setPicture(nothingYet);
    const ageNow = () =>
      shot ? pictureAgeMs(Date.parse(shot.header.at), receivedMs, clock.now()) : 0;
    const show = (isFresh: boolean) => {
      const overlay = { boxes: isFresh && !watcher.current, labels: hasLabels.current };
      if (shot && canvas.current) drawShot(canvas.current, shot, overlay);
    };
    const isHeld = () => watcher.current?.isHeld === true;
    const live = createCameraLive({
      url: socketAddress(pathOf(cameraId, { mode, reason })),
      askWhy: () => whyRefused(api, pathOf(cameraId, { mode, reason })),
      onShot(next) {
        if (isHeld()) return next.picture.close();
        shot?.picture.close();
        shot = next;
        receivedMs = clock.now();
        const ageMs = ageNow();
        show(!isStale({ ageMs }));
        watcher.current?.onPicture(isStale({ ageMs }) ? undefined : next.header.at);
        setPicture({ header: next.header, ageMs, trouble: undefined });
      },
      onTrouble: (trouble) => setPicture((old) => ({ ...old, trouble })),
    });
    const aging = setInterval(() => {
      if (!shot || isHeld()) return;
      const ageMs = ageNow();
      if (isStale({ ageMs })) {
        show(false);
        watcher.current?.onPicture(undefined);
      }
      setPicture((old) => ({ ...old, ageMs }));
    }, AGE_STEP_MS);
    live.start();
    return () => {
      clearInterval(aging);
      live.stop();
      shot?.picture.close();
    };
  }, [cameraId, mode, reason, isVisible, clock, api, canvas]);
  return picture;
}

const nothingYet: Picture = { header: undefined, ageMs: 0, trouble: undefined };

function pathOf(cameraId: string, { mode, reason }: Look): string {
  const query = new URLSearchParams(mode === 'clear' ? { mode, reason } : { mode });
  return `/cameras/${encodeURIComponent(cameraId)}/live?${query}`;
}

function socketAddress(path: string): string {
  const address = new URL(`/api/v1${path}`, location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  return address.href;
}

const whyRefused = (api: Api, path: string): Promise<ApiError | undefined> =>
  api.get(path, { parse: () => undefined }).catch(refusalIn);

/** A hidden window watches nobody. */
function useIsVisible(): boolean {
  const [isVisible, setVisible] = useState(!document.hidden);
  useEffect(() => {
    const changed = () => setVisible(!document.hidden);
    document.addEventListener('visibilitychange', changed);
    return () => document.removeEventListener('visibilitychange', changed);
  }, []);
  return isVisible;
}
