import type { CameraUse } from '@vigie/contracts/evacuation';

/**
 * Whether pictures of a camera may be shown now. `isOpen`: an incident that people know of goes on in its building; a test alarm
 * reaches nobody, so it opens nothing.
 */
export const mayShow = (use: CameraUse, isOpen: boolean): boolean => use === 'open' || isOpen;

/**
 * Whether two hosts of addresses may lead to one camera; a doubt counts. Names lead anywhere, a camera may have an address of
 * either family, and many of IPv6: only two IPv4 addresses tell cameras apart.
 */
export const mayBeSameCamera = (host: string, other: string): boolean =>
  plain(host) === plain(other) || !(isIpv4(host) && isIpv4(other));

/** Of a scheme that browsers know, an address is brought into one form. */
const plain = (host: string): string =>
  URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : host;
const isIpv4 = (host: string): boolean => /^\d+\.\d+\.\d+\.\d+$/.test(plain(host));

/** Whether people may be counted now. Where they may not, rooms are unknown. */
export const mayCount = (use: CameraUse, isOpen: boolean): boolean => use !== 'incidents' || isOpen;
