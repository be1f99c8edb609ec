import { resolve } from 'node:path';
import { SecondFactorRule } from '@vigie/contracts/accounts';
import { addressBlocksIn } from '@vigie/contracts/addresses';
import { directoryServersIn } from '@vigie/contracts/directory-servers';
import { keepingFrom } from '@vigie/contracts/keeping';
import * as z from 'zod';
import { InvalidInput } from './errors.ts';

const mqttUrl = z.url({ protocol: /^(mqtts?|wss?)$/ });
const httpUrl = z.url({ protocol: /^https?$/ });
const mailAddresses = z
  .string()
  .transform((text) => text.split(',').map((address) => address.trim()))
  .pipe(z.array(z.email('not mail addresses with commas between')));
const blocks = z
  .string()
  .refine(
    (text) => addressBlocksIn(text) !== undefined,
    'not addresses or networks with commas between, such as 10.0.0.5,192.168.7.0/24',
  );
const rootKey = z.string().min(32);
const port = z.coerce.number().int().min(0).max(65_535);

/** Every environment variable of the server, with its default. The documentation is made from it. */
export const Config = z
  .object({
    VIGIE_DATA: z.string().default('./data').describe('Folder for the database and the keys'),
    VIGIE_HOST: z.string().default('0.0.0.0').describe('Address that HTTP and MQTT listen on'),
    VIGIE_PORT: port.default(8080).describe('HTTP port; 0 takes a free one'),
    VIGIE_MQTT_PORT: port.default(1883).describe('Port of the embedded broker; 0 takes a free one'),
    VIGIE_PUBLIC_URL: z
      .url()
      .optional()
      .describe('Address that people type, for links in messages and for passkeys'),
    VIGIE_TLS_CERT: z
      .string()
      .optional()
      .describe('File with the certificate (PEM, with those in between): HTTP and MQTT over TLS'),
    VIGIE_TLS_KEY: z.string().optional().describe('File with its private key (PEM)'),
    VIGIE_TRUSTED_PROXIES: blocks
      .optional()
      .describe('Proxies whose X-Forwarded-For and -Proto are believed; unset: none'),
    VIGIE_MQTT_TLS_PORT: port
      .default(8883)
      .describe('Port of the embedded broker over TLS, where there is a certificate'),
    VIGIE_MQTT_PLAIN: z
      .enum(['loopback', 'network'])
      .optional()
      .describe(
        'Who may reach the embedded broker without TLS; unset: the network, and with a certificate this machine only',
      ),
    DATABASE_URL: z
      .url({ protocol: /^postgres(ql)?$/ })
      .optional()
      .describe('PostgreSQL to use instead of the embedded one'),
    MQTT_URL: mqttUrl
      .optional()
      .describe('MQTT broker to use instead of the embedded one, with user name and password'),
    VIGIE_MQTT_CA: z
      .string()
      .optional()
      .describe('File with the only authority (PEM) to trust for MQTT_URL'),
    VIGIE_MQTT_CERT: z
      .string()
      .optional()
      .describe('File with the certificate (PEM) that is shown to the broker of MQTT_URL'),
    VIGIE_MQTT_KEY: z.string().optional().describe('File with its private key (PEM)'),
    VIGIE_OUTGOING_ALLOW: blocks
      .optional()
      .describe('Addresses that messages go to although they would be refused, this machine’s too'),
    CHIRPSTACK_MQTT_URL: mqttUrl
      .optional()
      .describe('Broker of ChirpStack v4, with user name and password, for LoRaWAN sensors'),
    TTS_MQTT_URL: mqttUrl
      .optional()
      .describe('Broker of The Things Stack v3: mqtts://APPLICATION@TENANT:KEY@HOST:8883'),
    TTS_API_URL: httpUrl
      .optional()
      .describe('Address of The Things Stack, to ask for what was missed'),
    TTS_API_KEY: z.string().optional().describe('Key that may read the traffic of the application'),
    TTS_APPLICATION: z.string().optional().describe('Application at The Things Stack'),
    SMTP_URL: z
      .url({ protocol: /^smtps?$/ })
      .optional()
      .describe(
        'Mail server for messages to the police; unset: messages wait, and the log says so',
      ),
    VIGIE_MAIL_FROM: z.string().default('Vigie <vigie@localhost>').describe('Sender of the mails'),
    VIGIE_TIME_ZONE: z
      .string()
      .refine(isTimeZone, 'not an IANA time zone, such as Europe/Paris')
      .default('Europe/Paris')
      .describe('Time zone of the town'),
    VIGIE_TOWN: z.string().min(1).default('Drancy').describe('Name of the town'),
    VIGIE_PASSWORD_LENGTH: z.coerce
      .number()
      .int()
      .min(8)
      .max(24)
      .default(8)
      .describe('Shortest password, in characters'),
    VIGIE_SECOND_FACTOR: SecondFactorRule.default('administrators').describe(
      'Who must set up a second factor at first sign-in',
    ),
    VIGIE_SECRET: rootKey
      .optional()
      .describe('Key that encrypts stored secrets; unset: data/secret.key is made and used'),
    VIGIE_NEW_SECRET: rootKey
      .optional()
      .describe('What vigie renew-key changes VIGIE_SECRET to; nothing else reads it'),
    VIGIE_WEBHOOK_SECRET: z
      .string()
      .min(24)
      .optional()
      .describe('Key that signs alarm webhooks; unset: derived from the secret key'),
    VIGIE_CASE_WEBHOOK_SECRET: z
      .string()
      .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, 'not whsec_ and 24 to 64 bytes in base64')
      .optional()
      .describe('Key that signs webhooks to recipients of cases; unset: they wait'),
    VIGIE_SMS_URL: httpUrl
      .optional()
      .describe('SMS gateway; {to}, {text} and {id} are filled in here and in the body'),
    VIGIE_SMS_METHOD: z
      .enum(['POST', 'PUT', 'GET'])
      .default('POST')
      .describe('How the SMS gateway is asked; GET has no body'),
    VIGIE_SMS_HEADER: z
      .string()
      .regex(/^[A-Za-z0-9-]+:\s*\S.*$/, 'not a header, such as Authorization: Bearer key')
      .optional()
      .describe('Header with the key of the SMS gateway'),
    VIGIE_SMS_BODY: z
      .string()
      .refine(isJson, 'not JSON')
      .default('{"to":"{to}","text":"{text}"}')
      .describe('What the SMS gateway gets, JSON'),
    VIGIE_OVH_URL: httpUrl
      .default('https://eu.api.ovh.com/1.0')
      .describe('API of OVHcloud, used for SMS when the next four are set'),
    VIGIE_OVH_APP_KEY: z.string().optional().describe('OVHcloud application key'),
    VIGIE_OVH_APP_SECRET: z.string().optional().describe('OVHcloud application secret'),
    VIGIE_OVH_CONSUMER_KEY: z
      .string()
      .optional()
      .describe('OVHcloud consumer key: rights to POST /sms/*/jobs and GET /sms/*/outgoing'),
    VIGIE_OVH_SMS_SERVICE: z.string().optional().describe('OVHcloud SMS account, sms-…'),
    VIGIE_OVH_SMS_SENDER: z
      .string()
      .optional()
      .describe('Sender that OVHcloud knows; unset: a number that takes answers'),
    VIGIE_HOME_ASSISTANT: z
      .enum(['on', 'off'])
      .default('off')
      .describe('Announce bollards and rooms to Home Assistant over the MQTT broker'),
    VIGIE_KEEP_DAYS: z
      .string()
      .refine(
        (text) => keepingFrom(text) !== undefined,
        'not kind=days with commas between, such as messages=180,cases=0; GET /api/v1/retention lists the kinds',
      )
      .optional()
      .describe(
        'Days that kinds of data are kept where they differ from the defaults; 0: for ever',
      ),
    VIGIE_AUDIT_MAIL: mailAddresses
      .optional()
      .describe('Who gets the head of the audit log each month, with commas between'),
    VIGIE_SECURITY_CONTACT: z
      .string()
      .regex(/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/, 'not mailto:ADDRESS or https://PAGE')
      .optional()
      .describe('Whom to tell of a hole in this server, for /.well-known/security.txt'),
    VIGIE_CAP_SENDER: z
      .string()
      .regex(/^[^\s,<&]+$/, 'no spaces, commas, < or &')
      .default('vigie@localhost')
      .describe('Who sends CAP messages about incidents: an address of the town’s own domain'),
    VIGIE_CAP_URL: httpUrl
      .optional()
      .describe('Receiver of CAP messages, signed as VIGIE_WEBHOOK_SECRET; unset: on MQTT only'),
    VIGIE_ALARM_FPS: z.coerce
      .number()
      .positive()
      .max(30)
      .default(10)
      .describe('Looks a second at each camera of a building while an incident goes on there'),
    VIGIE_DRILL_MONTHS: z.coerce
      .number()
      .int()
      .min(1)
      .max(6)
      .default(6)
      .describe('A building needs a drill at least every so many months; the law says six'),
    VIGIE_DRILL_MAIL: mailAddresses
      .optional()
      .describe('Who is mailed about planned and missing drills, with commas between'),
    VIGIE_CAMERA_ALLOW: z
      .string()
      .refine(
        (text) => addressBlocksIn(text) !== undefined,
        'not addresses or networks with commas between, such as 169.254.7.0/24',
      )
      .optional()
      .describe('Addresses of cameras that would be refused as link-local, metadata or multicast'),
    VIGIE_LDAP_URL: z
      .string()
      .refine(
        (text) => directoryServersIn(text, false) !== undefined,
        'not ldaps://HOST or ldap://HOST, several with commas between',
      )
      .optional()
      .describe('Servers of Active Directory or another directory, in order; unset: none'),
    VIGIE_LDAP_DOMAIN: z
      .string()
      .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i, 'not a domain, such as ville.example')
      .optional()
      .describe('Domain of the directory'),
    VIGIE_LDAP_BASE: z
      .string()
      .regex(/^[a-z]+ *=/i, 'not a distinguished name, such as DC=ville,DC=example')
      .optional()
      .describe('Where people and groups lie; unset: the whole domain'),
    VIGIE_LDAP_USER: z
      .string()
      .optional()
      .describe('Service account that looks people up; unset: each person binds directly'),
    VIGIE_LDAP_PASSWORD: z.string().optional().describe('Its password'),
    VIGIE_LDAP_CA: z
      .string()
      .optional()
      .describe('File with the certificate (PEM) of the only authority to trust for the directory'),
    VIGIE_LDAP_PLAIN: z
      .enum(['never', 'loopback'])
      .default('never')
      .describe('loopback: ldap:// without StartTLS to a directory on this machine'),
    VIGIE_LDAP_LOCKOUT: z.coerce
      .number()
      .int()
      .min(3)
      .max(100)
      .default(10)
      .describe('Wrong passwords after which the directory locks an account'),
    VIGIE_LDAP_GRACE_HOURS: z.coerce
      .number()
      .int()
      .min(1)
      .max(720)
      .default(24)
      .describe('How long sessions go on when the directory does not answer'),
    VIGIE_OIDC_ISSUER: z
      .url({ protocol: /^https?$/ })
      .refine(isSafeAddress, 'only https, or http on this machine')
      .refine(
        (url) => !/\/(common|organizations|consumers)(\/|$)/.test(url),
        'stands for many organisations; name the tenant of the town',
      )
      .optional()
      .describe('OpenID provider by which people may sign in; unset: none'),
    VIGIE_OIDC_CLIENT_ID: z.string().optional().describe('Vigie’s name at the provider'),
    VIGIE_OIDC_CLIENT_SECRET: z.string().optional().describe('Vigie’s secret at the provider'),
    VIGIE_OIDC_PROVIDER: z
      .enum(['generic', 'proconnect'])
      .default('generic')
      .describe('proconnect: scopes, signed answers and levels as ProConnect has them'),
    VIGIE_OIDC_NAME: z
      .string()
      .max(40)
      .optional()
      .describe('Name on the button; unset: ProConnect, or the host of the provider'),
    VIGIE_OIDC_SCOPES: z
      .string()
      .refine((text) => text.split(' ').includes('openid'), 'openid is missing')
      .optional()
      .describe('What is asked for, with spaces between; unset: openid email, or ProConnect’s'),
    VIGIE_OIDC_ACR: z
      .string()
      .optional()
      .describe('Levels of assurance that are let in, with spaces between; unset: any'),
    VIGIE_OIDC_EMAIL: z
      .enum(['verified', 'trusted'])
      .optional()
      .describe('trusted: mail addresses count although the provider does not say email_verified'),
    VIGIE_OIDC_SESSION_HOURS: z.coerce
      .number()
      .int()
      .min(1)
      .max(168)
      .default(12)
      .describe('How long a session lasts for those who came by the provider'),
    VIGIE_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  })
  .refine(hasWholeOvh, {
    path: ['VIGIE_OVH_SMS_SERVICE'],
    message: 'OVHcloud needs application key, application secret, consumer key and SMS service',
  })
  .refine(({ VIGIE_TLS_CERT: cert, VIGIE_TLS_KEY: key }) => !cert === !key, {
    path: ['VIGIE_TLS_KEY'],
    message: 'TLS needs VIGIE_TLS_CERT and VIGIE_TLS_KEY',
  })
  .refine(({ VIGIE_MQTT_CERT: cert, VIGIE_MQTT_KEY: key }) => !cert === !key, {
    path: ['VIGIE_MQTT_KEY'],
    message: 'a certificate for the broker needs VIGIE_MQTT_CERT and VIGIE_MQTT_KEY',
  })
  .refine(
    ({ VIGIE_MQTT_CA, VIGIE_MQTT_CERT, MQTT_URL = '' }) =>
      !(VIGIE_MQTT_CA || VIGIE_MQTT_CERT) || /^(mqtts|wss):/.test(MQTT_URL),
    { path: ['MQTT_URL'], message: 'not mqtts:// or wss://, as VIGIE_MQTT_CA and _CERT want' },
  )
  .refine(({ VIGIE_LDAP_URL, VIGIE_LDAP_DOMAIN }) => !VIGIE_LDAP_URL || VIGIE_LDAP_DOMAIN, {
    path: ['VIGIE_LDAP_DOMAIN'],
    message: 'needed with VIGIE_LDAP_URL',
  })
  .refine(({ VIGIE_LDAP_USER: user, VIGIE_LDAP_PASSWORD: key }) => !user === !key, {
    path: ['VIGIE_LDAP_PASSWORD'],
    message: 'a service account needs VIGIE_LDAP_USER and VIGIE_LDAP_PASSWORD',
  })
  .refine(hasWholeProvider, {
    path: ['VIGIE_OIDC_CLIENT_SECRET'],
    message:
      'an OpenID provider needs VIGIE_OIDC_ISSUER, VIGIE_OIDC_CLIENT_ID and VIGIE_OIDC_CLIENT_SECRET: set all three, or none',
  })
  .refine(canComeBack, {
    path: ['VIGIE_PUBLIC_URL'],
    message:
      'with VIGIE_OIDC_ISSUER it must be the https address of Vigie, to which the provider sends people back',
  })
  .refine(
    ({ VIGIE_LDAP_URL: url, VIGIE_LDAP_PLAIN }) =>
      !url || directoryServersIn(url, VIGIE_LDAP_PLAIN === 'loopback'),
    {
      path: ['VIGIE_LDAP_PLAIN'],
      message: 'only a directory on this machine may be spoken to without encryption',
    },
  );
export type Config = z.infer<typeof Config>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** What is said there is secret: encrypted, or it does not leave this machine. */
function isSafeAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);
}

interface ProviderKeys {
  VIGIE_OIDC_ISSUER?: string | undefined;
  VIGIE_OIDC_CLIENT_ID?: string | undefined;
  VIGIE_OIDC_CLIENT_SECRET?: string | undefined;
  VIGIE_PUBLIC_URL?: string | undefined;
}

function hasWholeProvider(given: ProviderKeys): boolean {
  const { VIGIE_OIDC_ISSUER, VIGIE_OIDC_CLIENT_ID, VIGIE_OIDC_CLIENT_SECRET } = given;
  const keys = [VIGIE_OIDC_ISSUER, VIGIE_OIDC_CLIENT_ID, VIGIE_OIDC_CLIENT_SECRET];
  return new Set(keys.map((key) => key === undefined)).size === 1;
}

/** A provider elsewhere sends nobody back to `localhost`; one on this machine may. */
function canComeBack({ VIGIE_OIDC_ISSUER: issuer, VIGIE_PUBLIC_URL: home }: ProviderKeys): boolean {
  if (issuer === undefined) return true;
  return home === undefined ? issuer.startsWith('http:') : isSafeAddress(home);
}

interface OvhKeys {
  VIGIE_OVH_APP_KEY?: string | undefined;
  VIGIE_OVH_APP_SECRET?: string | undefined;
  VIGIE_OVH_CONSUMER_KEY?: string | undefined;
  VIGIE_OVH_SMS_SERVICE?: string | undefined;
}

/** All of OVHcloud's keys, or none: with a part of them messages would wait for no visible reason. */
function hasWholeOvh(given: OvhKeys): boolean {
  const { VIGIE_OVH_APP_KEY, VIGIE_OVH_APP_SECRET } = given;
  const { VIGIE_OVH_CONSUMER_KEY, VIGIE_OVH_SMS_SERVICE } = given;
  const keys = [
    VIGIE_OVH_APP_KEY,
    VIGIE_OVH_APP_SECRET,
    VIGIE_OVH_CONSUMER_KEY,
    VIGIE_OVH_SMS_SERVICE,
  ];
  return new Set(keys.map((key) => key === undefined)).size === 1;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
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
