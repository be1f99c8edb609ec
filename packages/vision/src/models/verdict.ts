/** Sure finds of either model, and how many of them the other has too. */
export interface Agreement {
  readonly finds: number;
  readonly shared: number;
}

/** A model beside its 8-bit form. */
export interface Comparison {
  readonly pictures: number;
  /** median milliseconds of one inference on one thread */
  readonly ms: { readonly float: number; readonly small: number };
  readonly agreement: Agreement;
  /** average precision at overlap 0.5, 0..1; `undefined`: nobody is marked there */
  readonly subsets: readonly {
    readonly name: string;
    readonly pictures: number;
    readonly ap50: { readonly float: number | undefined; readonly small: number | undefined };
  }[];
}

/** Without marked people: the share of the sure finds that both must have. Measured, see docs/models.md. */
const LEAST_AGREEMENT = 0.95;

/** Share of the finds on which both models agree, 0..1; `undefined`: neither found anybody. */
export const agreedShare = ({ finds, shared }: Agreement): number | undefined =>
  finds === 0 ? undefined : shared / finds;

/** Points of 100 that the 8-bit form lost; below 0 it gained. */
export function lostPoints({
  float,
  small,
}: Comparison['subsets'][number]['ap50']): number | undefined {
  return float === undefined || small === undefined ? undefined : (float - small) * 100;
}

/**
 * Why an 8-bit form must not be used; empty when nothing speaks against it. `limit`: points of average precision that any
 * subset may lose. Where nobody is marked, or there is nothing to compare, agreement decides.
 */
export function objections(comparison: Comparison, limit: number): string[] {
  const lost = comparison.subsets.flatMap(({ name, ap50 }) => {
    const points = lostPoints(ap50);
    return points === undefined ? [] : [{ name: name || 'the pictures', points }];
  });
  if (lost.length > 0) {
    return lost
      .filter(({ points }) => !(points <= limit))
      .map(({ name, points }) => `${points.toFixed(1)} points of AP50 lost on ${name}`);
  }
  const share = agreedShare(comparison.agreement);
  if (share === undefined) {
    return ['no human was found, so nothing could be compared; give pictures that show people'];
  }
  const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;
  return share >= LEAST_AGREEMENT
    ? []
    : [`the models agree on ${percent(share)} of their finds, not on ${percent(LEAST_AGREEMENT)}`];
}
