const hourMs = 3_600_000;

/** How far a device's clock is believed: late by a day's outage and more, hardly ever ahead. */
const oldestMs = 48 * hourMs;
const newestMs = 2 * 60_000;

/** The time that counts for an event, and why. */
export interface EventTime {
  at: Date;
  flag: 'ok' | 'too-old' | 'in-future';
}

/**
 * The device's own time where it lies in [received − 48 h, received + 2 min]; otherwise the time of receipt,
 * flagged. So a wrong clock never creates days.
 */
export function eventTime(deviceAt: Date, receivedAt: Date): EventTime {
  const age = receivedAt.getTime() - deviceAt.getTime();
  if (age > oldestMs) return { at: receivedAt, flag: 'too-old' };
  if (age < -newestMs) return { at: receivedAt, flag: 'in-future' };
  return { at: deviceAt, flag: 'ok' };
}
