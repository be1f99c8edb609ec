import '@vigie/palette/display.css';
import { DisplayView } from '@vigie/contracts/parking';
import type { Face } from '@vigie/contracts/parking-stage';
import { screenLookOf } from '@vigie/palette';
import { type CSSProperties, useEffect, useMemo, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../platform/api.ts';
import { isLate } from '../../platform/live.ts';
import { useApi, useNow, useTimeStyle } from '../../platform/react.tsx';
import { durationText } from '../../platform/time.ts';
import { createDisplayLine, type Sight } from './display-line.ts';
import { faceAt } from './face.ts';

interface DisplayPageProps {
  bollardId: string;
  token: string;
}

/** What one bollard shows, filling a small screen that nobody signs in at. */
export function DisplayPage(props: DisplayPageProps) {
  const { t } = useTranslation('display');
  const sight = useSight(props);
  useNow();
  const nowMs = performance.now();
  if (sight.isRefused) return <Refused />;
  const place = sight.seen && t('place', { label: sight.seen.view.spaceLabel });
  return (
    <main aria-live="polite" data-testid="display">
      <DisplayFace face={faceAt(sight.seen, nowMs)} total={totalOf(sight)} place={place} />
      <NoContact sight={sight} nowMs={nowMs} />
    </main>
  );
}

const totalOf = ({ seen }: Sight): number => seen?.view.display.allowedDays ?? 0;

function useSight({ bollardId, token }: DisplayPageProps): Sight {
  const api = useApi();
  const line = useMemo(() => {
    const path = `/displays/${encodeURIComponent(bollardId)}`;
    const query = `?token=${encodeURIComponent(token)}`;
    return createDisplayLine({
      url: `/api/v1${path}/events${query}`,
      askRefused: () => api.get(path + query, DisplayView).then(() => false, isRefusal),
    });
  }, [api, bollardId, token]);
  useEffect(() => {
    line.start();
    return line.stop;
  }, [line]);
  return useSyncExternalStore(line.subscribe, line.read);
}

/** The server spoke, and said that it will not answer this screen. */
const isRefusal = (error: unknown): boolean =>
  error instanceof ApiError && error.status >= 400 && error.status < 500;

interface DisplayFaceProps {
  face: Face;
  total: number;
  place: string | undefined;
}

function DisplayFace({ face, total, place }: DisplayFaceProps) {
  const { t } = useTranslation('display');
  const { sign, fill, ink, kept } = screenLookOf(face);
  const style = {
    '--display-letters': Math.max(1, sign.length),
    ...(fill && { '--display-fill': fill }),
    ...(ink && { '--display-ink': ink }),
    ...(kept && { '--display-kept': kept }),
  } as CSSProperties;
  const day = face.kind === 'day' ? face.day : 0;
  return (
    <div
      className={`display display-${face.kind}${kept ? ' display-keeps' : ''}`}
      data-kind={face.kind}
      data-colour={fill}
      style={style}
    >
      <strong className="display-sign">{sign}</strong>
      <span className="display-word">
        {t(`face.${face.kind}`, { day, total })}
        {place && <span className="display-word-second">&nbsp;· {place}</span>}
      </span>
      {kept && <span className="display-kept" />}
    </div>
  );
}

/** Small: the colour is still right as long as the car stays. */
function NoContact({ sight, nowMs }: { sight: Sight; nowMs: number }) {
  const { t } = useTranslation('display');
  const { language } = useTimeStyle();
  if (!isLate(sight, nowMs) || sight.downSinceMs === null) return null;
  const since = durationText(nowMs - sight.downSinceMs, language);
  return <p className="display-note">{t('noContact', { since })}</p>;
}

function Refused() {
  const { t } = useTranslation('display');
  return (
    <main role="alert" className="display display-fault">
      <strong className="display-sign">!</strong>
      <span className="display-word">
        {t('refused')} <span className="display-word-second">{t('refusedHint')}</span>
      </span>
    </main>
  );
}
