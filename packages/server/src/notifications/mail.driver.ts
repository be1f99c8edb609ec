import { createTransport } from 'nodemailer';
import { Unavailable } from '../platform/errors.ts';
import type { Carrier } from './letter.ts';

/** `timeoutMs`: how long a mail server may be silent. */
interface MailOptions {
  url: string | undefined;
  from: string;
  timeoutMs?: number;
}

/**
 * Mail over SMTP. The Message-ID is made from the message's own id, so that a letter which is repeated after a
 * lost answer can be recognised by the receiver.
 */
export function createMailDriver({ url, from, timeoutMs = 30_000 }: MailOptions): Carrier {
  const transport = url === undefined ? undefined : openTransport(url, timeoutMs);
  return {
    send: async ({ id, recipient, subject, text, html }) => {
      if (!transport) {
        throw new Unavailable(
          'platform/unavailable',
          'No mail server is set. Set SMTP_URL; the message waits.',
        );
      }
      await transport.sendMail({
        from,
        to: recipient,
        subject,
        text,
        ...(html === '' ? {} : { html }),
        messageId: `<${id}@vigie>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    },
    stop: () => transport?.close(),
  };
}

const openTransport = (url: string, timeoutMs: number) =>
  createTransport({
    url,
    pool: true,
    connectionTimeout: Math.min(timeoutMs, 10_000),
    greetingTimeout: Math.min(timeoutMs, 10_000),
    socketTimeout: timeoutMs,
    // A broken connection is a failed attempt of ours, with our patience between two of them, and is seen.
    maxRequeues: 0,
  });
