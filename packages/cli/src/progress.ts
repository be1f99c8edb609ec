const CELLS = 24;

/** A bar on the terminal, redrawn in place; `isOn` false, or no terminal: nothing is drawn. */
export function createBar(isOn = true) {
  const isDrawn = isOn && process.stderr.isTTY === true;
  let isShown = false;
  return {
    /** `share`: 0..1 of the work; `undefined` where nobody knows. */
    show(what: string, share: number | undefined): void {
      if (!isDrawn) return;
      const full = Math.round((share ?? 0) * CELLS);
      const bar = `${'█'.repeat(full)}${'░'.repeat(CELLS - full)}`;
      const done = share === undefined ? '' : `${bar} ${Math.round(share * 100)} % `;
      process.stderr.write(`\r\x1b[K${done}${what}`);
      isShown = true;
    },
    clear(): void {
      if (isShown) process.stderr.write('\r\x1b[K');
      isShown = false;
    },
  };
}
