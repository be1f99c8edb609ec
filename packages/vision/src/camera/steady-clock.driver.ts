/**
 * Milliseconds of a clock that nobody sets, the same in all threads of this process: ages and limits are reckoned by it,
 * or a corrected system clock would keep a dead camera's number alive.
 */
export const steadyNow = (): number => Number(process.hrtime.bigint()) / 1e6;
