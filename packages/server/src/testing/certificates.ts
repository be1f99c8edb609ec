import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Paths of PEM files. */
export interface CertificatePaths {
  cert: string;
  key: string;
}

/** An authority that only the tests trust; its files lie in `folder`. */
export interface TestAuthority {
  /** Path of its certificate. */
  path: string;
  /** The same as text. */
  pem: string;
  /** Signs a certificate for `localhost`, 127.0.0.1 and 127.0.0.2 that is good for so many days, under a name of its own. */
  sign(name: string, days?: number): Promise<CertificatePaths>;
}

/** @throws Error without openssl. */
export async function makeAuthority(folder: string): Promise<TestAuthority> {
  const at = (name: string) => join(folder, name);
  const openssl = (...given: string[]) => run('openssl', given);
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const authority = { cert: at('ca.pem'), key: at('ca-key.pem') };
  await openssl(
    ...['req', '-x509', ...curve, '-days', '3650', '-subj', '/CN=Town of tests'],
    ...['-keyout', authority.key, '-out', authority.cert],
  );
  await writeFile(at('names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:127.0.0.2\n');
  return {
    path: authority.cert,
    pem: await readFile(authority.cert, 'utf8'),
    sign: async (name, days = 90) => {
      const made = { cert: at(`${name}.pem`), key: at(`${name}-key.pem`) };
      const request = at(`${name}.csr`);
      const subject = ['-subj', `/CN=${name}`, '-keyout', made.key, '-out', request];
      await openssl('req', ...curve, ...subject);
      await openssl(
        ...['x509', '-req', '-in', request, '-days', `${days}`, '-extfile', at('names')],
        ...['-CA', authority.cert, '-CAkey', authority.key, '-CAcreateserial', '-out', made.cert],
      );
      return made;
    },
  };
}
