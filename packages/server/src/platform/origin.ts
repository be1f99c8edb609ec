/** What a browser says of the page that sent a request; programs say nothing. */
export interface Provenance {
  method: string;
  /** Of the address that was asked, as the caller sees it: `https` where a trusted proxy says so. */
  protocol: string;
  host: string;
  /** Header `Origin`. */
  origin: string | undefined;
  /** Header `Sec-Fetch-Site`. */
  site: string | undefined;
  /** Header `Sec-Fetch-Mode`. */
  mode: string | undefined;
}

/** Methods that change nothing. Source: RFC 9110, clause 9.2.1. */
const isSafe = (method: string): boolean => /^(GET|HEAD|OPTIONS)$/.test(method);

/**
 * `true` when a page of another site asks. Following a link from elsewhere is no such thing, acting from there is.
 * Source: W3C Fetch Metadata Request Headers; RFC 6454.
 */
export function isFromElsewhere(provenance: Provenance): boolean {
  const { method, origin, site, mode } = provenance;
  if (origin !== undefined && !isOurs(origin, provenance)) return true;
  if (site === undefined || site === 'same-origin' || site === 'none') return false;
  return !(isSafe(method) && mode === 'navigate');
}

/** A page that was opened without TLS may be anybody's: over TLS it does not count as ours. */
function isOurs(origin: string, { protocol, host }: Provenance): boolean {
  if (!URL.canParse(origin)) return false;
  const page = new URL(origin);
  return page.host === host && (protocol !== 'https' || page.protocol === 'https:');
}
