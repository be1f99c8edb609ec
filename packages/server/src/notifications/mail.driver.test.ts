import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { someLetter } from '../testing/letters.ts';
import { startMailServer, type TestMailServer } from '../testing/mail-server.ts';
import type { Carrier } from './letter.ts';
import { createMailDriver } from './mail.driver.ts';

let server: TestMailServer;
let mail: Carrier;

beforeEach(async () => {
  server = await startMailServer();
  mail = createMailDriver({ url: server.url, from: 'Vigie <vigie@town.fr>', timeoutMs: 1500 });
});

afterEach(async () => {
  mail.stop();
  await server.stop();
});

const idsIn = (letters: readonly string[]) =>
  letters.map((letter) => /^Message-ID: (.*)$/m.exec(letter)?.[1]?.trim());

describe('a mail', () => {
  it('goes out plain and HTML, under the id of its message, and asks for no automatic answer', async () => {
    await mail.send(someLetter());
    expect(server.letters).toHaveLength(1);
    expect(server.letters[0]).toMatch(/^From: Vigie <vigie@town.fr>/m);
    expect(server.letters[0]).toMatch(/^To: police@example.org/m);
    expect(server.letters[0]).toMatch(/^Auto-Submitted: auto-generated/m);
    expect(server.letters[0]).toMatch(/text\/plain[\s\S]*text\/html/);
    expect(idsIn(server.letters)).toEqual(['<case-c1-opened@vigie>']);
  });

  it('fails while the server refuses, and says why', async () => {
    server.refuses = true;
    await expect(mail.send(someLetter())).rejects.toThrow(/come back later/);
    server.refuses = false;
    await mail.send(someLetter());
    expect(server.letters).toHaveLength(1);
  });

  it('fails when the server stalls, and goes out when it does not any more', async () => {
    server.stalls = true;
    await expect(mail.send(someLetter())).rejects.toThrow(/timeout/i);
    server.stalls = false;
    await mail.send(someLetter());
    expect(server.letters).toHaveLength(1);
  });

  it('fails once when the connection breaks after it was taken, and bears the same id again', async () => {
    server.drops = true;
    await expect(mail.send(someLetter())).rejects.toThrow();
    expect(server.letters).toHaveLength(1);
    server.drops = false;
    await mail.send(someLetter({ attempts: 2 }));
    expect(idsIn(server.letters)).toEqual(['<case-c1-opened@vigie>', '<case-c1-opened@vigie>']);
  });

  it('fails while nobody is there, and goes out when the server comes back', async () => {
    await server.stop();
    await expect(mail.send(someLetter())).rejects.toThrow(/ECONNREFUSED/);
    server = await startMailServer(Number(new URL(server.url).port));
    await mail.send(someLetter());
    expect(server.letters).toHaveLength(1);
  });

  it('waits for a server to be set', async () => {
    const none = createMailDriver({ url: undefined, from: 'vigie@town.fr' });
    await expect(none.send(someLetter())).rejects.toThrow(/SMTP_URL/);
  });
});
