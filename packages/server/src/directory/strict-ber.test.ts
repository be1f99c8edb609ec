import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { silentLog } from '../testing/log.ts';
import { createConnections } from './connection.driver.ts';

/** A directory that answers everything with the same bytes. */
async function startWrongDirectory(answer: Buffer) {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', () => socket.end(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = () => new Promise((resolve) => server.close(resolve));
  return {
    server: { url: `ldap://127.0.0.1:${port}`, host: '127.0.0.1', security: 'plain' },
    stop,
  } as const;
}

describe('a directory that answers with', () => {
  it.each([
    ['a text longer than its message', '300c02010161070a0100047ffbff'],
    ['a length below nothing', '300f020101610a0a01000484ffffffff00'],
    ['a list longer than its message', '300c020101640704013130820fff'],
    ['no message at all', '485454502f312e3120343030'],
  ])('%s is one that does not answer', async (_name, hex) => {
    const { server, stop } = await startWrongDirectory(Buffer.from(hex, 'hex'));
    const within = createConnections({ servers: [server], ca: undefined, log: silentLog });
    const asked = within({ user: 'a', password: 'b' }, async () => 'answered');
    await expect(asked).rejects.toMatchObject({ code: 'accounts/directory-away' });
    await stop();
  });
});
