import { describe, expect, it } from 'vitest';
import { addressBlocksIn, forbiddenKindOf, forbiddenKindOfHost } from './addresses.ts';

describe('an address to connect to', () => {
  it.each([
    ['169.254.169.254', 'metadata'],
    ['::ffff:169.254.169.254', 'metadata'],
    ['::ffff:a9fe:a9fe', 'metadata'],
    ['64:ff9b::a9fe:a9fe', 'metadata'],
    ['2002:a9fe:a9fe::1', 'metadata'],
    ['fd00:ec2::254', 'metadata'],
    ['100.100.100.200', 'metadata'],
    ['169.254.0.1', 'link-local'],
    ['fe80::1', 'link-local'],
    ['fe80::1%eth0', 'link-local'],
    ['febf:ffff::1', 'link-local'],
    ['0.0.0.0', 'unspecified'],
    ['0.1.2.3', 'unspecified'],
    ['::', 'unspecified'],
    ['', 'unspecified'],
    ['camera.example', 'unspecified'],
    ['1.2.3', 'unspecified'],
    ['1:2:3:4:5:6:7:8:9', 'unspecified'],
    ['1::2::3', 'unspecified'],
    ['239.0.0.1', 'multicast'],
    ['255.255.255.255', 'multicast'],
    ['ff02::fb', 'multicast'],
  ])('"%s" is refused: %s', (address, kind) => {
    expect(forbiddenKindOf(address)).toBe(kind);
  });

  it.each([
    '10.0.0.7',
    '192.168.1.20',
    '127.0.0.1',
    '::1',
    '169.253.255.255',
    '169.255.0.0',
    'fec0::1',
    'fd00:ec2::253',
    '2001:db8::10.0.0.7',
    '223.255.255.255',
  ])('%s is allowed', (address) => {
    expect(forbiddenKindOf(address)).toBeUndefined();
  });

  it('may be allowed by name or network, and nothing beyond', () => {
    const allowed = ['169.254.7.0/24', 'fe80::2'];
    expect(forbiddenKindOf('169.254.7.200', allowed)).toBeUndefined();
    expect(forbiddenKindOf('::ffff:169.254.7.200', allowed)).toBeUndefined();
    expect(forbiddenKindOf('fe80::2', allowed)).toBeUndefined();
    expect(forbiddenKindOf('169.254.8.1', allowed)).toBe('link-local');
    expect(forbiddenKindOf('fe80::3', allowed)).toBe('link-local');
  });

  it.each([
    ['', []],
    ['169.254.7.1', ['169.254.7.1']],
    ['169.254.7.0/24, fe80::/10', ['169.254.7.0/24', 'fe80::/10']],
    ['10.0.0.0/33', undefined],
    ['fe80::/129', undefined],
    ['10.0.0.0/', undefined],
    ['10.0.0.1,camera', undefined],
  ])('"%s" names the networks %j', (text, blocks) => {
    expect(addressBlocksIn(text)).toEqual(blocks);
  });
});

describe('the host of an address', () => {
  it.each([
    ['169.254.169.254', 'metadata'],
    ['2852039166', 'metadata'],
    ['0xa9.254.8.1', 'link-local'],
    ['[fe80::1]', 'link-local'],
    ['[::ffff:a9fe:a9fe]', 'metadata'],
    ['0', 'unspecified'],
  ])('%s is refused: %s', (host, kind) => {
    expect(forbiddenKindOfHost(host)).toBe(kind);
  });

  it.each(['camera.example', '10.0.0.7', 'localhost', '[::1]', '1.2.3.4.example'])(
    '%s is allowed, as far as it can be known without looking it up',
    (host) => {
      expect(forbiddenKindOfHost(host)).toBeUndefined();
    },
  );
});
