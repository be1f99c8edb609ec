import { unseal } from '@vigie/contracts/seal';
import { InvalidInput } from './errors.ts';

/** Before the sealed text of a camera's address in an exported town. */
const scheme = 'sealed:';

/** The address of a camera in an exported town: only a server with the same secret opens it. */
export const exportedAddress = (sealed: string): string => scheme + sealed;

/**
 * The address of a camera as it is written in, or as it was exported here.
 * @throws InvalidInput when an exported address was sealed by another server.
 */
export async function openAddress(
  { id, source }: { id: string; source: string },
  key: Uint8Array<ArrayBuffer>,
): Promise<string> {
  if (!source.startsWith(scheme)) return source;
  return unseal(source.slice(scheme.length), key).catch(() => {
    throw new InvalidInput(
      'input/invalid',
      `The address of camera ${id} was sealed by another server. Write its address into the file.`,
    );
  });
}
