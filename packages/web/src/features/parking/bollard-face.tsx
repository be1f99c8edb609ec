import type { Display } from '@vigie/contracts/parking';
import { inkOn } from '@vigie/palette';
import './parking.css';

type Shown = Pick<Display, 'state' | 'day' | 'colour' | 'label'>;

/**
 * What the bollard shows: a colour with the day's number, black in a white frame, an empty outline when free,
 * hatched when the sensor is silent. Words stand beside it, so it says nothing to a screen reader.
 */
export function BollardFace({ display, size }: { display: Shown; size: 'small' | 'tile' | 'big' }) {
  const { state, colour, label, day } = display;
  const filled = state === 'parked' ? colour : null;
  return (
    <span
      aria-hidden
      className={`bollard-face bollard-face-${size} bollard-face-${state}`}
      style={filled ? { backgroundColor: filled, color: inkOn(filled) } : undefined}
    >
      {state === 'unknown' && colour && (
        <span className="bollard-face-kept" style={{ backgroundColor: colour }} />
      )}
      <span className="bollard-face-label">{faceText(state, label || String(day ?? ''))}</span>
    </span>
  );
}

function faceText(state: Shown['state'], label: string): string {
  if (state === 'unknown') return '?';
  if (state === 'fault') return '!';
  return state === 'free' ? '' : label;
}
