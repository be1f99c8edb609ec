/**
 * A short name for exactly these colours in this order: two 32-bit FNV-1a sums of the text, in
 * hexadecimal, after the number of allowed days.
 */
export function versionOf(colours: readonly string[]): string {
  const text = colours.join('');
  const sum = (start: number): string => {
    let hash = start;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    return (hash >>> 0).toString(16).padStart(8, '0');
  };
  return `${colours.length - 1}-${sum(0x811c9dc5)}${sum(0x1b873593)}`;
}
