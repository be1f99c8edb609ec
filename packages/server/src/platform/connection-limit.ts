import type { Server, Socket } from 'node:net';
import type { Log } from './log.ts';

/**
 * Open connections of one address. A whole town hall may stand behind one address, each browser with six of them, and the
 * board of an alarm must open: so many that only a fault or an attack has more.
 */
const mostConnections = 2000;

interface LimitOptions {
  /** Addresses that speak for many: a proxy. */
  isExempt(address: string): boolean;
  log: Log;
  most?: number | undefined;
}

/** Keeps one address from taking all connections: one more is closed at once, and the log says so once a minute. */
export function limitConnections(server: Server, options: LimitOptions): void {
  const { isExempt, log, most = mostConnections } = options;
  /** by address */
  const open = new Map<string, number>();
  let toldAt = 0;

  const tell = (address: string) => {
    if (Date.now() - toldAt < 60_000) return;
    toldAt = Date.now();
    log.warn({ address, most }, 'too many connections of one address; more are closed');
  };
  const leave = (address: string) => {
    const rest = (open.get(address) ?? 1) - 1;
    if (rest === 0) open.delete(address);
    else open.set(address, rest);
  };

  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress;
    if (address === undefined || isExempt(address)) return;
    const count = (open.get(address) ?? 0) + 1;
    open.set(address, count);
    socket.once('close', () => leave(address));
    if (count <= most) return;
    socket.destroy();
    tell(address);
  });
}
