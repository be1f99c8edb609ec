import { createTransport } from 'nodemailer';
import { Unavailable } from '../platform/errors.ts';
import type { Letter } from './notifications.store.ts';

/** Hands letters to a mail server. */
export interface MailDriver {
  /** Resolves when the server has taken the letter. Rejects when it did not, or when nobody knows. */
  send(letter: Letter): Promise<void>;
  stop(): void;
}

/**
 * Mail over SMTP. The Message-ID is made from the message's own id, so that a letter which is repeated after a
 * lost answer can be recognised by the receiver.
 */
export function createMailDriver({
  url,
  from,
}: {
  url: string | undefined;
  from: string;
}): MailDriver {
  const transport =
    url === undefined
      ? undefined
      : createTransport({
          url,
          pool: true,
          connectionTimeout: 10_000,
          greetingTimeout: 10_000,
          socketTimeout: 30_000,
        });
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
        html,
        messageId: `<${id}@vigie>`,
      });
    },
    stop: () => transport?.close(),
  };
}
