import { forbiddenKindOfHost } from '@vigie/contracts/addresses';
import type { CameraLogin } from '@vigie/contracts/camera-address';
import { resealed, unseal } from '@vigie/contracts/seal';
import { InvalidInput } from './errors.ts';

/** Before the sealed text of a camera's address in an exported town. */
const scheme = 'sealed:';

/** The address of a camera in an exported town: only a server with the same secret opens it. */
export const exportedAddress = (sealed: string): string => scheme + sealed;

/** The address of a camera as it is given. Absent: it stays as it was. */
export interface AddressEntry {
  /** for messages */
  id: string;
  source?: string | undefined;
  login?: CameraLogin | undefined;
}

/** Addresses of cameras, which only the workers open: seals what may be opened, and refuses the rest. */
export interface CameraAddresses {
  /**
   * The sealed address; `before` itself when nothing changed, so that nobody connects anew. A new address does not take the
   * login of the one before: it may lead to somebody else.
   * @throws InvalidInput when there is none, when another server sealed it, or when it may not be opened.
   */
  sealed(entry: AddressEntry, before?: string): Promise<string>;
  /** @throws Error when another key sealed it. */
  open(sealed: string): Promise<string>;
}

/** `key`: 32 bytes, known to the workers. `allowed`: addresses and networks that are allowed although they are forbidden. */
export function createCameraAddresses(
  key: Uint8Array<ArrayBuffer>,
  allowed: readonly string[] = [],
): CameraAddresses {
  const open = (sealed: string): Promise<string> => unseal(sealed, key);

  async function given({ id, source }: AddressEntry, before?: string): Promise<string> {
    if (source !== undefined && !source.startsWith(scheme)) return source;
    const sealed = source?.slice(scheme.length) ?? before;
    if (sealed === undefined)
      throw new InvalidInput('input/invalid', `Camera ${id} has no address. Give its source.`);
    return open(sealed).catch(() => {
      throw new InvalidInput(
        'input/invalid',
        `The address of camera ${id} was sealed by another server. Write its address into the file.`,
      );
    });
  }

  return {
    open,
    async sealed(entry, before) {
      if (before !== undefined && entry.source === undefined && !entry.login) return before;
      const url = withLogin(await given(entry, before), entry.login);
      refuseForbidden(entry.id, url, allowed);
      return resealed(url, before, key);
    },
  };
}

function withLogin(source: string, login: CameraLogin | undefined): string {
  if (!login) return source;
  const url = new URL(source);
  url.username = login.username;
  url.password = login.password;
  return url.href;
}

/** What a name leads to is known only to the worker that connects, which looks again. */
function refuseForbidden(id: string, source: string, allowed: readonly string[]): void {
  const { hostname } = new URL(source);
  const kind = hostname === '' ? undefined : forbiddenKindOfHost(hostname, allowed);
  if (!kind) return;
  throw new InvalidInput(
    'evacuation/camera-address-forbidden',
    `The address of camera ${id}, ${hostname}, is ${kind}: no camera is looked for there. Give the camera another address, or name this one in VIGIE_CAMERA_ALLOW and start the server again.`,
  );
}
