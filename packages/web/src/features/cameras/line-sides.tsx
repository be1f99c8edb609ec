import type { DoorLine } from '@vigie/contracts/vision';
import { useTranslation } from 'react-i18next';
import { middleOf } from './points.ts';

/** How far from the line the words stand, in shares of the frame. */
const BESIDE = 0.07;

/** Says on the picture which side of each line is in and which is out. */
export function LineSides({ lines }: { lines: readonly DoorLine[] }) {
  const { t } = useTranslation('cameras');
  return lines.flatMap(({ id, from, to }) => {
    const along = [to[0] - from[0], to[1] - from[1]] as const;
    const length = Math.hypot(...along) || 1;
    const right = [-along[1] / length, along[0] / length] as const;
    const middle = middleOf([from, to]);
    return (['in', 'out'] as const).map((side) => {
      const far = side === 'in' ? BESIDE : -BESIDE;
      const style = {
        left: `${(middle[0] + right[0] * far) * 100}%`,
        top: `${(middle[1] + right[1] * far) * 100}%`,
      };
      return (
        <span key={`${id}-${side}`} className="line-side" style={style}>
          {t(`side.${side}`)}
        </span>
      );
    });
  });
}
