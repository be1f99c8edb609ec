import { Socket } from 'node:net';
import type { AlarmInput } from '@vigie/contracts/alarm-inputs';
import { ModbusTCPClient } from 'jsmodbus';
import type { Module, ModuleAddress } from './alarm-inputs.service.ts';

/** A module that does not answer for so long is given up for this time; milliseconds. */
const patienceMs = 1500;

/** One unit of an I/O module by Modbus TCP. Connects when it is read, and anew after every failure. */
export function createModbusModule({ host, port, unit }: ModuleAddress): Module {
  let open: { socket: Socket; client: ModbusTCPClient } | undefined;

  function drop(): void {
    open?.socket.destroy();
    open = undefined;
  }

  async function connected(): Promise<ModbusTCPClient> {
    if (open && !open.socket.destroyed) return open.client;
    const socket = new Socket();
    const client = new ModbusTCPClient(socket, unit, patienceMs);
    guard(socket);
    open = { socket, client };
    await connect(socket, { host, port });
    return client;
  }

  return {
    isClosed: async (input) => {
      try {
        return await readContact(await connected(), input);
      } catch (error) {
        // The library says only that the connection is closed.
        const cause = open?.socket.errored ?? error;
        // A late answer of this connection must never be taken for the next one's.
        drop();
        throw new Error(`${host}:${port} unit ${unit}: ${textOf(cause)}`, { cause });
      }
    },
    close: drop,
  };
}

/** The library throws at bytes that it does not know, where nobody could catch it: the server would end with them. */
function guard(socket: Socket): void {
  for (const take of socket.listeners('data')) {
    socket.off('data', take as (data: Buffer) => void);
    socket.on('data', (data: Buffer) => {
      try {
        take(data);
      } catch (cause) {
        socket.destroy(new Error('the answer cannot be understood', { cause }));
      }
    });
  }
}

function connect(socket: Socket, to: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('it does not answer')), patienceMs);
    socket.once('connect', () => resolve());
    socket.on('error', reject);
    socket.once('close', () => {
      clearTimeout(timer);
      // Nobody else would end the wait of whoever reads.
      reject(new Error('the connection was closed'));
    });
    socket.once('connect', () => clearTimeout(timer));
    socket.setNoDelay(true);
    socket.connect(to);
  });
}

async function readContact(client: ModbusTCPClient, input: AlarmInput): Promise<boolean> {
  const { register, address, bit } = input;
  switch (register) {
    case 'discrete-input':
      return bitIn((await client.readDiscreteInputs(address, 1)).response.body.valuesAsArray);
    case 'coil':
      return bitIn((await client.readCoils(address, 1)).response.body.valuesAsArray);
    case 'input-register':
      return wordIn((await client.readInputRegisters(address, 1)).response.body.valuesAsArray, bit);
    case 'holding-register':
      return wordIn(
        (await client.readHoldingRegisters(address, 1)).response.body.valuesAsArray,
        bit,
      );
  }
}

/** An answer without its value is none. */
function valueIn(values: ArrayLike<number | boolean>): number {
  const [value] = Array.from(values);
  if (value === undefined) throw new Error('the answer holds no value');
  return Number(value);
}

const bitIn = (values: ArrayLike<number | boolean>): boolean => valueIn(values) !== 0;

function wordIn(values: ArrayLike<number>, bit: number | null): boolean {
  const word = valueIn(values);
  return bit === null ? word !== 0 : ((word >> bit) & 1) === 1;
}

/** The library's errors are no `Error`s. */
const textOf = (thrown: unknown): string => {
  const { err, message } = thrown as { err?: unknown; message?: unknown };
  return [err, message].filter((part) => typeof part === 'string').join(': ') || String(thrown);
};
