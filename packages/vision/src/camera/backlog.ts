/** One packet of a live stream. Milliseconds. */
export interface Arrival {
  /** by the stream's own time stamps */
  readonly stamp: number;
  /** when it was read, by a clock that nobody sets */
  readonly at: number;
  /** how long reading waited for it */
  readonly waitedMs: number;
}

/** How far the newest packet that was read lies behind what the camera sees now. */
export interface Backlog {
  readonly newest: Arrival | undefined;
  readonly behindMs: number;
}

export const NO_BACKLOG: Backlog = { newest: undefined, behindMs: 0 };

/** Who waits this share of a packet's duration for it has nothing else left to read. */
const EDGE_SHARE = 0.5;
/** A single step of this length is a stall or a jump of the time stamps, which the next packet explains; milliseconds. */
const STALL_MS = 500;

/**
 * After one more packet. Time stamps that run slower than the clock mean that packets pile up on their way: the network
 * stalled, or this machine decodes too slowly. Whoever has to wait for a packet is at the live edge again, so that a
 * camera's own clock may drift or be set without ever counting as a delay for longer than one packet.
 */
export function packetRead({ newest, behindMs }: Backlog, arrival: Arrival): Backlog {
  if (!newest) return { newest: arrival, behindMs: 0 };
  const duration = arrival.stamp - newest.stamp;
  const fallen = arrival.at - newest.at - duration;
  const hasWaited = arrival.waitedMs >= Math.max(1, EDGE_SHARE * duration);
  if (hasWaited && fallen < STALL_MS) return { newest: arrival, behindMs: 0 };
  return { newest: arrival, behindMs: Math.max(0, behindMs + fallen) };
}
