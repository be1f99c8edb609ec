import { resolve } from 'node:path';
import * as z from 'zod';
import { InvalidInput } from './errors.ts';

const port = z.coerce.number().int().min(0).max(65_535);

/** Every environment variable of the server, with its default. The documentation is made from it. */
export const Config = z.object({
  VIGIE_DATA: z.string().default('./data').describe('Folder for the database and the keys'),
  VIGIE_HOST: z.string().default('0.0.0.0').describe('Address that HTTP and MQTT listen on'),
  VIGIE_PORT: port.default(8080).describe('HTTP port; 0 takes a free one'),
  VIGIE_MQTT_PORT: port.default(1883).describe('Port of the embedded broker; 0 takes a free one'),
  VIGIE_PUBLIC_URL: z.url().optional().describe('Address that people type, for links in messages'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('PostgreSQL to use instead of the embedded one'),
  MQTT_URL: z
    .url({ protocol: /^(mqtts?|wss?)$/ })
    .optional()
    .describe('MQTT broker to use instead of the embedded one, with user name and password'),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe('Mail server for messages to the police; unset: messages wait, and the log says so'),
  VIGIE_MAIL_FROM: z.string().default('Vigie <vigie@localhost>').describe('Sender of the mails'),
  VIGIE_TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'not an IANA time zone, such as Europe/Paris')
    .default('Europe/Paris')
    .describe('Time zone of the town'),
  VIGIE_TOWN: z.string().min(1).default('Drancy').describe('Name of the town'),
  VIGIE_SECRET: z
    .string()
    .min(32)
    .optional()
    .describe('Key that encrypts stored secrets; unset: data/secret.key is made and used'),
  VIGIE_WEBHOOK_SECRET: z
    .string()
    .min(24)
    .optional()
    .describe('Key that signs alarm webhooks; unset: derived from the secret key'),
  VIGIE_HOME_ASSISTANT: z
    .enum(['on', 'off'])
    .default('off')
    .describe('Announce bollards and rooms to Home Assistant over the MQTT broker'),
  VIGIE_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});
export type Config = z.infer<typeof Config>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * Reads the configuration once, at the start of the process. Empty variables count as unset.
 * @throws InvalidInput naming every wrong variable.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Config.safeParse(given);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new InvalidInput('input/invalid', `Configuration is wrong. ${wrong.join('; ')}`);
  }
  return { ...parsed.data, VIGIE_DATA: resolve(parsed.data.VIGIE_DATA) };
}
