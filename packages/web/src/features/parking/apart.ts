/**
 * How a difference between two colours is felt, by CIEDE2000: about 1 is the least that a trained eye sees side by side, 10
 * is told from afar, where only one of the two can be seen.
 */
export function apartOf(deltaE00: number): 'clearly' | 'besides' | 'hardly' | 'not' {
  if (deltaE00 >= 10) return 'clearly';
  if (deltaE00 >= 5) return 'besides';
  return deltaE00 >= 2 ? 'hardly' : 'not';
}
