const groundFloor = /^(rdc|rez|ground|gf$|0$)/;
const underground = /sous[- ]sol|basement|cave|cellar|niveau -|^-/;

/**
 * The level that the name of a floor tells, as people write it: `2e étage` is 2, `RDC` 0, `Sous-sol` -1. A name that tells
 * none is taken for the ground floor.
 */
export function levelFromName(name: string): number {
  const text = name.trim().toLowerCase();
  const figure = Number(/\d+/.exec(text)?.[0] ?? Number.NaN);
  if (underground.test(text)) return Number.isNaN(figure) || figure === 0 ? -1 : -figure;
  if (groundFloor.test(text) || Number.isNaN(figure) || figure > 200) return 0;
  return figure;
}
