import { createServer, type Socket } from 'node:net';
import { ModbusTCPServer } from 'jsmodbus';

/** An I/O module by Modbus TCP on a free port of 127.0.0.1. */
export interface IoModule {
  port: number;
  /** Discrete input and coil of this address; the input registers' bit 0, too. */
  set(address: number, isClosed: boolean): void;
  /** Takes the module off the network. */
  unplug(): Promise<void>;
  /** Brings it back on the same port. */
  resume(): Promise<void>;
  /** Keeps its connections and answers no more, as a module whose firmware hangs. */
  hang(): void;
}

/** Starts a module with 16 open contacts. */
export async function startIoModule(): Promise<IoModule> {
  const discrete = Buffer.alloc(2);
  const input = Buffer.alloc(32);
  const server = createServer();
  const open = new Set<Socket>();
  let isHanging = false;
  server.on('connection', (socket) => {
    open.add(socket);
    // After the library began to listen, which makes the socket flow.
    if (isHanging) setImmediate(() => socket.pause());
    socket.on('error', () => socket.destroy());
    socket.on('close', () => open.delete(socket));
  });
  new ModbusTCPServer(server, { discrete, coils: discrete, input, holding: input });
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as { port: number };
  return {
    port,
    set: (address, isClosed) => {
      const at = address >> 3;
      const bit = 1 << (address & 7);
      discrete[at] = isClosed ? (discrete[at] ?? 0) | bit : (discrete[at] ?? 0) & ~bit;
      input.writeUInt16BE(isClosed ? 1 : 0, address * 2);
    },
    unplug: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
    resume: async () => {
      isHanging = false;
      for (const socket of open) socket.resume();
      if (!server.listening) await listen(port);
    },
    hang: () => {
      isHanging = true;
      for (const socket of open) socket.pause();
    },
  };
}
