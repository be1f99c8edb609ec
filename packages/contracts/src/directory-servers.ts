/** A directory server, and how it is spoken to. */
export interface DirectoryServer {
  /** `ldap://host:port` or `ldaps://host:port`. */
  url: string;
  host: string;
  /** `tls`: from the first byte; `starttls`: before anything else is said. */
  security: 'tls' | 'starttls' | 'plain';
}

/**
 * The servers of a setting, in order, with commas between; `undefined`: one is wrong. Without encryption (`isPlain`) none is
 * spoken to that is not on this machine.
 */
export function directoryServersIn(text: string, isPlain: boolean): DirectoryServer[] | undefined {
  const servers = text.split(',').map((one) => directoryServerOf(one.trim(), isPlain));
  return servers.every((one) => one !== undefined) ? servers : undefined;
}

function directoryServerOf(text: string, isPlain: boolean): DirectoryServer | undefined {
  const [, scheme, name, port] =
    /^(ldaps?):\/\/(\[[0-9a-f:]+\]|[a-z0-9._-]+)(:\d{1,5})?\/?$/i.exec(text) ?? [];
  if (scheme === undefined || name === undefined) return undefined;
  const url = `${scheme.toLowerCase()}://${name}${port ?? ''}`;
  const host = name.replace(/^\[|\]$/g, '');
  if (scheme.toLowerCase() === 'ldaps') return { url, host, security: 'tls' };
  if (!isPlain) return { url, host, security: 'starttls' };
  return isLoopback(host) ? { url, host, security: 'plain' } : undefined;
}

const isLoopback = (host: string): boolean =>
  host.toLowerCase() === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
