import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { SpaceView } from '@vigie/contracts/parking';
import { useTranslation } from 'react-i18next';
import { Around, Moment } from '../../face/moment.tsx';
import { useApi, useTimeStyle } from '../../platform/react.tsx';
import { BollardFace } from './bollard-face.tsx';
import { colourName } from './colour-name.ts';
import { paletteQuery } from './queries.ts';
import { StateWord } from './state-word.tsx';

/** One space of the list. `nowMs` on the parking clock. */
export function SpaceTile({ space, nowMs }: { space: SpaceView; nowMs: number }) {
  const { t } = useTranslation('parking');
  const { display } = space;
  return (
    <li>
      <Link
        to="/parking/$spaceId"
        params={{ spaceId: space.id }}
        className={`card space-tile space-tile-${display.state}`}
        data-testid={`space-${space.id}`}
        data-state={display.state}
        data-colour={display.colour ?? ''}
        data-day={display.day ?? ''}
      >
        <BollardFace display={display} size="tile" />
        <span className="space-tile-text">
          <span className="space-tile-head">
            <strong>{t('space', { label: space.label })}</strong>
            <StateWord state={display.state} />
          </span>
          <DayLine space={space} />
          {display.since && (
            <span className="small space-tile-where">
              <Arrival at={display.since} nowMs={nowMs} />
            </span>
          )}
          <span className="quiet small space-tile-where">{space.zoneName}</span>
        </span>
      </Link>
    </li>
  );
}

function Arrival({ at, nowMs }: { at: string; nowMs: number }) {
  const { t } = useTranslation('parking');
  return (
    <Around text={t('arrived', { when: '\0' })}>
      <Moment at={at} nowMs={nowMs} />
    </Around>
  );
}

/** Day number and colour name; for the other states, why. */
export function DayLine({ space }: { space: SpaceView }) {
  const { t } = useTranslation('parking');
  const { language } = useTimeStyle();
  const { display, address } = space;
  const palette = useQuery({
    ...paletteQuery(useApi(), display.allowedDays),
    enabled: display.day !== null,
  });
  if (display.day === null) return <span className="space-tile-day">{address}</span>;
  const day =
    display.state === 'parked'
      ? t('dayOf', { day: display.day, total: display.allowedDays })
      : t('day', { day: display.day });
  const name = colourName(display, palette.data?.legend ?? [], language);
  return (
    <span className="space-tile-day">
      {day}
      {name && ` · ${name}`}
    </span>
  );
}
