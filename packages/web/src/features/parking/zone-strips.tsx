import type { SpaceView } from '@vigie/contracts/parking';
import { useTranslation } from 'react-i18next';
import { type StripPart, stripOf } from './spaces.ts';

/** Each zone as one strip: how much of it is taken, and for how long. The list below says the same in words. */
export function ZoneStrips({ spaces }: { spaces: readonly SpaceView[] }) {
  const zones = Map.groupBy(spaces, ({ zoneId }) => zoneId);
  return (
    <div className="zone-strips">
      {[...zones].map(([zoneId, inZone]) => (
        <ZoneStrip key={zoneId} spaces={inZone} />
      ))}
    </div>
  );
}

function ZoneStrip({ spaces }: { spaces: readonly SpaceView[] }) {
  const { t } = useTranslation('parking');
  const zone = spaces[0]?.zoneName ?? '';
  const taken = spaces.filter(
    ({ display }) => display.state === 'parked' || display.state === 'overstay',
  ).length;
  return (
    <div className="zone-strip">
      <div className="zone-strip-head">
        <span>{zone}</span>
        <span className="quiet small">{t('taken', { taken, total: spaces.length })}</span>
      </div>
      <div
        className="zone-strip-bar"
        role="img"
        aria-label={t('stripLabel', { zone, taken, total: spaces.length })}
      >
        {stripOf(spaces).map((part) => (
          <Part key={`${part.state} ${part.day}`} part={part} />
        ))}
      </div>
    </div>
  );
}

function Part({ part: { state, day, colour, count } }: { part: StripPart }) {
  const { t } = useTranslation('parking');
  const title = {
    parked: t('stripDay', { day, count }),
    overstay: t('stripOver', { count }),
    unknown: t('stripUnknown', { count }),
    fault: t('stripUnknown', { count }),
    free: t('stripFree', { count }),
  }[state];
  return (
    <span
      title={title}
      className={`zone-strip-part zone-strip-${state}`}
      style={{
        flexGrow: count,
        ...(state === 'parked' && colour ? { backgroundColor: colour } : {}),
      }}
    />
  );
}
