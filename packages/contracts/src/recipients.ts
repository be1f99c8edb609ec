import * as z from 'zod';
import { Id } from './ids.ts';

/** Ways out: `mail` (SMTP), `sms`, `webhook` (a signed CloudEvent by HTTP), `mqtt` (a topic of the bus). */
export const Channel = z.enum(['mail', 'sms', 'webhook', 'mqtt']);
export type Channel = z.infer<typeof Channel>;

/** Languages that people outside are written to in. */
export const Language = z.enum(['fr', 'en']);
export type Language = z.infer<typeof Language>;

const about = {
  name: z.string().min(1).max(120).optional().describe('What people call it; unset: its address'),
  language: Language.optional().describe('Unset: French and English'),
};

/** International number, e.g. `+33612345678`. Source: ITU-T E.164, at most 15 digits. */
const PhoneNumber = z.string().regex(/^\+[1-9]\d{6,14}$/, 'a number such as +33612345678');

const WebhookAddress = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .refine((address) => !hasCredentials(address), 'no user name or password within the address');

/** Who is told about a case, and how. `mqtt` has no address but the last level of its topic; unset: the zone's id. */
export const Recipient = z.discriminatedUnion('channel', [
  z.object({ channel: z.literal('mail'), address: z.email(), ...about }),
  z.object({ channel: z.literal('sms'), address: PhoneNumber, ...about }),
  z.object({ channel: z.literal('webhook'), address: WebhookAddress, ...about }),
  z.object({ channel: z.literal('mqtt'), address: Id.optional(), ...about }),
]);
export type Recipient = z.infer<typeof Recipient>;

/** A link of a case's recipient chain as people see it. */
export const ChainLink = z.object({
  channel: Channel,
  address: z.string().describe('Of a webhook its origin only: the rest may be a secret'),
  name: z.string().describe('Empty: the address says it'),
});
export type ChainLink = z.infer<typeof ChainLink>;

/** A recipient with everything said. `language` undefined: all of them. */
export type FullRecipient = ChainLink & { language: Language | undefined };

/** What a zone names, in full: a bare mail address becomes a recipient by mail. */
export function recipientOf(named: string | Recipient, zoneId: string): FullRecipient {
  if (typeof named === 'string')
    return { channel: 'mail', address: named, name: '', language: undefined };
  const { channel, address = zoneId, name = '', language } = named;
  return { channel, address, name, language };
}

/** An address as it may be shown and logged: of a webhook its origin only, since path and query may hold a secret. */
export const shownAddress = ({ channel, address }: Pick<ChainLink, 'channel' | 'address'>) =>
  channel === 'webhook' && URL.canParse(address) ? new URL(address).origin : address;

function hasCredentials(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { username, password } = new URL(address);
  return username !== '' || password !== '';
}
