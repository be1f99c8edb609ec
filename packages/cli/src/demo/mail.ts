import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { InboxMail } from '@vigie/contracts/demo';
import { type AddressObject, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerAuthentication } from 'smtp-server';

/** The demo town's mail server. `url`: what `SMTP_URL` must be, known after `start()`. */
export interface DemoMail {
  start(): Promise<void>;
  url(): string;
  /** Newest first, at most 200. */
  inbox(): InboxMail[];
  stop(): Promise<void>;
}

const mostMails = 200;

/** A real SMTP server on 127.0.0.1 and a free port, with a user name and a password; mails stay in memory. */
export function createDemoMail(): DemoMail {
  const password = randomBytes(12).toString('hex');
  const mails: InboxMail[] = [];
  let count = 0;

  async function take(stream: Readable): Promise<void> {
    const mail = await readMail(await buffer(stream), `mail-${++count}`);
    mails.unshift(mail);
    mails.length = Math.min(mails.length, mostMails);
  }

  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    closeTimeout: 1000,
    onAuth: (auth, _session, done) => {
      if (isOurs(auth, password)) done(null, { user: 'vigie' });
      else done(new Error('wrong user name or password'));
    },
    onData: (stream, _session, done) => {
      take(stream).then(() => done(), done);
    },
  });
  server.on('error', (error) => console.error(`The demo's mail server: ${error.message}`));

  return {
    start: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, '127.0.0.1', resolve);
      }),
    url: () => {
      const { port } = server.server.address() as AddressInfo;
      return `smtp://vigie:${password}@127.0.0.1:${port}`;
    },
    inbox: () => [...mails],
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

const isOurs = (auth: SMTPServerAuthentication, password: string): boolean =>
  auth.username === 'vigie' && auth.password === password;

async function readMail(source: Buffer, id: string): Promise<InboxMail> {
  const { messageId = '', from, to, subject = '', text = '', html } = await simpleParser(source);
  return {
    id,
    messageId,
    from: from?.text ?? '',
    to: addressesIn(to),
    subject,
    date: new Date().toISOString(),
    text,
    html: html || '',
  };
}

function addressesIn(to: AddressObject | AddressObject[] | undefined): string {
  const objects = to === undefined ? [] : [to].flat();
  return objects.map((object) => object.text).join(', ');
}
