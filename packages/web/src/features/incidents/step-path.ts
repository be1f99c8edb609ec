import type { RemainingPoint } from '@vigie/contracts/report';

/** `width` and `height` of the picture stand for so many seconds and people. */
export interface CurveScale {
  width: number;
  height: number;
  seconds: number;
  people: number;
}

/** The steps of one limit as the path of an SVG; where the limit is not known the line breaks off. */
export function stepPath(
  curve: readonly RemainingPoint[],
  limit: 'min' | 'max',
  scale: CurveScale,
): string {
  const x = (seconds: number) => Math.round((seconds / scale.seconds) * scale.width);
  const y = (people: number) => Math.round((1 - people / scale.people) * scale.height);
  return curve
    .map((point, i) => {
      const people = point[limit];
      if (people === null) return '';
      const isOpen = (curve[i - 1]?.[limit] ?? null) !== null;
      const end = x(curve[i + 1]?.seconds ?? scale.seconds);
      const start = isOpen ? `V${y(people)}` : `M${x(point.seconds)} ${y(people)}`;
      return `${start}H${end}`;
    })
    .join('');
}
