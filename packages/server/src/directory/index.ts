import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { directoryServersIn } from '@vigie/contracts/directory-servers';
import { type Clock, systemClock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import { InvalidInput, messageOf } from '../platform/errors.ts';
import { createLog, type Log } from '../platform/log.ts';
import { baseOf } from './account-names.ts';
import { BindRefused, createConnections } from './connection.driver.ts';
import { createQueries } from './directory.driver.ts';
import { createDirectoryService, type Directory } from './directory.service.ts';
import { type Examined, lockoutFinding } from './lockout-finding.ts';

export type { Asked, Directory, DirectoryPerson } from './directory.service.ts';
export { verdictOf } from './roles-by-group.ts';

/**
 * The directory that the configuration names; `undefined`: none.
 * @throws InvalidInput when the file of the authority cannot be read.
 */
export async function createDirectory(
  config: Config,
  { clock, log }: { clock: Clock; log: Log },
): Promise<Directory | undefined> {
  const { VIGIE_LDAP_URL, VIGIE_LDAP_DOMAIN: domain, VIGIE_LDAP_BASE } = config;
  if (!VIGIE_LDAP_URL || !domain) return undefined;
  const { VIGIE_LDAP_USER: user, VIGIE_LDAP_PASSWORD: password } = config;
  const servers = directoryServersIn(VIGIE_LDAP_URL, config.VIGIE_LDAP_PLAIN === 'loopback') ?? [];
  const ca = await authorityIn(config.VIGIE_LDAP_CA);
  const within = createConnections({ servers, ca, log });
  const base = VIGIE_LDAP_BASE ?? baseOf(domain);
  return createDirectoryService({
    domain,
    servers: servers.map(({ url }) => url),
    service: user && password ? { user, password } : undefined,
    ask: (who, work, limitMs) =>
      within(who, async (client) => work(await createQueries(client, base)), limitMs),
    refusalOf: (error) => (error instanceof BindRefused ? error.refusal : undefined),
    clock,
    log,
  });
}

async function authorityIn(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const pem = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new InvalidInput('input/invalid', `VIGIE_LDAP_CA: ${messageOf(error)}`);
  });
  if (pem.includes('-----BEGIN CERTIFICATE-----')) return pem;
  throw new InvalidInput('input/invalid', `VIGIE_LDAP_CA: ${path} holds no certificate in PEM.`);
}

/** Whether the directory can be used as it is configured, and what to do where it cannot. */
export async function examineDirectory(config: Config): Promise<Examined> {
  try {
    const directory = await createDirectory(config, {
      clock: systemClock,
      log: createLog('silent'),
    });
    if (!directory) return { isGood: true, text: 'none is set, accounts are local' };
    const servers = directory.servers.join(', ');
    if (directory.canLook)
      return lockoutFinding(await directory.lockout(), config.VIGIE_LDAP_LOCKOUT, servers);
    // Whoever answers that there is no such person answers.
    await directory.signIn('vigie-doctor', randomUUID());
    return { isGood: true, text: `${servers} answer; each person binds directly` };
  } catch (error) {
    const cause =
      error instanceof Error && typeof error.cause === 'string' ? ` (${error.cause})` : '';
    return { isGood: false, text: `${messageOf(error)}${cause}` };
  }
}
