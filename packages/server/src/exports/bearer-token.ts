/** An integrator by the token it sends over HTTP. */
export interface IntegratorToken {
  id: string;
  key: string;
}

/** The token of an integrator: id and key, parted by a sign that no id holds. Source: RFC 6750, clause 2.1. */
export const bearerToken = ({ id, key }: IntegratorToken): string => `${id}~${key}`;

/** Reads the header `Authorization: Bearer …`; `undefined` when it is missing or says something else. */
export function readBearer(header: string | undefined): IntegratorToken | undefined {
  const found = /^Bearer +([A-Za-z0-9._-]+)~(\S+)$/i.exec(header ?? '');
  const [, id, key] = found ?? [];
  return id && key ? { id, key } : undefined;
}
