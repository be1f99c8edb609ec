/** What makes an address one to which nobody may send this server on somebody's word. */
export type ForbiddenKind =
  | 'link-local'
  | 'metadata'
  | 'unspecified'
  | 'multicast'
  | 'this-machine';

/**
 * Where a cloud keeps the keys of its machines, or where no single machine answers. Loopback and private networks are not
 * among them: cameras and relays stand there. Source: IANA special-purpose address registries; the manuals of AWS, Google
 * Cloud, Alibaba Cloud and Oracle Cloud for their metadata services.
 */
const forbidden: readonly (readonly [ForbiddenKind, string])[] = [
  ['metadata', '169.254.169.254'],
  ['metadata', '100.100.100.200'],
  ['metadata', '192.0.0.192'],
  ['metadata', 'fd00:ec2::254'],
  ['metadata', 'fd20:ce::254'],
  ['link-local', '169.254.0.0/16'],
  ['link-local', 'fe80::/10'],
  ['unspecified', '0.0.0.0/8'],
  ['unspecified', '::'],
  ['multicast', '224.0.0.0/4'],
  ['multicast', '255.255.255.255'],
  ['multicast', 'ff00::/8'],
];

/** Networks whose addresses carry one of IPv4: in the last 32 bits, or after the first 16. Source: RFC 6052, RFC 3056. */
const [translated, sixToFour] = ['64:ff9b::/96', '2002::/16'] as const;

const BITS = 128;
const V4_BITS = 32;
/** An address of IPv4 as one of IPv6. Source: RFC 4291, clause 2.5.5.2. */
const V4_PREFIX = 0xffffn << 32n;

function v4Of(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

const groupsOf = (text: string): string[] => (text === '' ? [] : text.split(':'));

function v6Of(text: string): bigint | undefined {
  const [bare = ''] = text.split('%');
  const tail = v4Of(bare.slice(bare.lastIndexOf(':') + 1));
  const whole =
    tail === undefined
      ? bare
      : `${bare.slice(0, bare.lastIndexOf(':') + 1)}${(tail >> 16n).toString(16)}:${(tail & 0xffffn).toString(16)}`;
  const halves = whole.split('::').map(groupsOf);
  const [before = [], after] = halves;
  const missing = 8 - before.length - (after?.length ?? 0);
  if (halves.length > 2 || (after ? missing < 1 : missing !== 0)) return undefined;
  const groups = [...before, ...(after ? Array<string>(missing).fill('0') : []), ...(after ?? [])];
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}

/** 128 bits; `undefined`: no address of IPv4 or IPv6. */
function bitsOf(text: string): bigint | undefined {
  const v4 = v4Of(text);
  return v4 === undefined ? v6Of(text) : V4_PREFIX | v4;
}

function networkOf(block: string): { bits: bigint; length: number } | undefined {
  const [address = '', length] = block.split('/');
  const bits = bitsOf(address);
  if (bits === undefined) return undefined;
  const most = v4Of(address) === undefined ? BITS : V4_BITS;
  if (length !== undefined && !(/^\d+$/.test(length) && Number(length) <= most)) return undefined;
  return { bits, length: BITS - most + Number(length ?? most) };
}

function isWithin(bits: bigint, block: string): boolean {
  const network = networkOf(block);
  if (!network) return false;
  const rest = BigInt(BITS - network.length);
  return bits >> rest === network.bits >> rest;
}

/** `true` when the address, as a socket names it, is one of `blocks`, or in one: addresses and networks of IPv4 and IPv6. */
export function isWithinBlocks(address: string, blocks: readonly string[]): boolean {
  const bits = bitsOf(address);
  return bits !== undefined && blocks.some((block) => isWithin(bits, block));
}

/** The address itself and the one of IPv4 that it stands for, if it does. */
function meaningsOf(bits: bigint): bigint[] {
  if (isWithin(bits, translated)) return [bits, V4_PREFIX | (bits & 0xffffffffn)];
  if (isWithin(bits, sixToFour)) return [bits, V4_PREFIX | ((bits >> 80n) & 0xffffffffn)];
  return [bits];
}

/**
 * The addresses, such as `169.254.7.1`, and networks, such as `fe80::/10`, in a text with commas between them; `undefined`: one
 * of them is neither.
 */
export function addressBlocksIn(text: string): string[] | undefined {
  const blocks = text.split(',').flatMap((part) => part.trim() || []);
  return blocks.every((block) => networkOf(block) !== undefined) ? blocks : undefined;
}

/**
 * Why nobody may send us to this address; `undefined`: it is allowed. `address`: of IPv4 or IPv6, as a resolver gives it;
 * anything else is `unspecified`. `allowed`: addresses and networks that are allowed all the same. `thisMachine`: where it must not
 * lead either; nowhere unless given.
 */
export function forbiddenKindOf(
  address: string,
  allowed: readonly string[] = [],
  thisMachine: readonly string[] = [],
): ForbiddenKind | undefined {
  const bits = bitsOf(address);
  if (bits === undefined) return 'unspecified';
  if (isWithinBlocks(address, allowed)) return undefined;
  const meanings = meaningsOf(bits);
  const kind = forbidden.find(([, block]) => meanings.some((one) => isWithin(one, block)))?.[0];
  if (kind) return kind;
  const isHere = thisMachine.some((block) => meanings.some((one) => isWithin(one, block)));
  return isHere ? 'this-machine' : undefined;
}

/**
 * The same for the host of an address; a name is not looked up and is `undefined`. `host`: as in a URL, in any writing that a
 * resolver takes for an address of IPv4, such as `2852039166`.
 */
export function forbiddenKindOfHost(
  host: string,
  allowed: readonly string[] = [],
  thisMachine: readonly string[] = [],
): ForbiddenKind | undefined {
  // Of a scheme that browsers know, the host is brought into one form.
  const plain = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : host;
  const address = plain.replace(/^\[|\]$/g, '');
  return bitsOf(address) === undefined ? undefined : forbiddenKindOf(address, allowed, thisMachine);
}
