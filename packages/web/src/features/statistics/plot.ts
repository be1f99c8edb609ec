/** Size of a plot in its own units; the page stretches it. */
export const plotWidth = 600;
export const plotHeight = 120;

/** Middle of the place of a point, in units from the left. */
export const xOf = (index: number, count: number): number => ((index + 0.5) * plotWidth) / count;

/** Height of a share 0..1, in units from the top. */
const yOf = (share: number): number => plotHeight * (1 - share);

/** Stretches of neighbouring points that are known, each as the index of its first point and its shares. */
function stretchesOf(shares: readonly (number | null)[]): { first: number; shares: number[] }[] {
  const stretches: { first: number; shares: number[] }[] = [];
  for (const [index, share] of shares.entries()) {
    if (share === null) continue;
    const last = stretches.at(-1);
    if (last && last.first + last.shares.length === index) last.shares.push(share);
    else stretches.push({ first: index, shares: [share] });
  }
  return stretches;
}

/** SVG paths of a line over time: broken where nothing is known, a step wide where a point stands alone. */
export function pathsOf(shares: readonly (number | null)[]): { line: string; area: string }[] {
  const count = shares.length;
  return stretchesOf(shares).map(({ first, shares: known }) => {
    const half = plotWidth / count / 2;
    const points = known.map((share, index) => [xOf(first + index, count), yOf(share)] as const);
    const start = points[0] ?? [0, plotHeight];
    const end = points.at(-1) ?? start;
    const line = [
      `M${place(start[0] - half)} ${place(start[1])}`,
      ...points.map(([x, y]) => `L${place(x)} ${place(y)}`),
      `L${place(end[0] + half)} ${place(end[1])}`,
    ].join('');
    const area = `${line}V${plotHeight}H${place(start[0] - half)}Z`;
    return { line, area };
  });
}

const place = (units: number): string => String(Math.round(units * 10) / 10);

/** Index of the point under `share` (0..1) of the width. */
export const indexAt = (share: number, count: number): number =>
  Math.max(0, Math.min(count - 1, Math.floor(share * count)));

/** Where a key of the keyboard moves the reader to; `undefined`: the key is none of ours. */
export function movedBy(key: string, index: number, count: number): number | undefined {
  const page = Math.max(1, Math.round(count / 10));
  const moves: Partial<Record<string, number>> = {
    ArrowLeft: index - 1,
    ArrowDown: index - 1,
    ArrowRight: index + 1,
    ArrowUp: index + 1,
    PageDown: index - page,
    PageUp: index + page,
    Home: 0,
    End: count - 1,
  };
  const moved = moves[key];
  return moved === undefined ? undefined : Math.max(0, Math.min(count - 1, moved));
}

/** Indexes at which the time axis is labelled: at most `most`, evenly apart, the first one among them. */
export function labelled(count: number, most: number): number[] {
  const apart = Math.max(1, Math.ceil(count / most));
  return Array.from({ length: Math.ceil(count / apart) }, (_, index) => index * apart);
}
