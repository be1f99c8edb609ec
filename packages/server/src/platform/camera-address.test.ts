import { describe, expect, it } from 'vitest';
import { createCameraAddresses, exportedAddress } from './camera-address.ts';

const key = new Uint8Array(32).fill(3);
const addresses = createCameraAddresses(key, ['169.254.7.0/24']);
const login = { username: 'hall', password: 'p@ss:wörd/' };
const opened = async (sealed: Promise<string>): Promise<string> => addresses.open(await sealed);

describe('the address of a camera', () => {
  it.each([
    ['http://169.254.169.254/latest', 'metadata'],
    ['rtsp://2852039166/sub', 'metadata'],
    ['https://[::ffff:169.254.169.254]/', 'metadata'],
    ['rtsps://guard:s3cret@169.254.8.1/sub', 'link-local'],
    ['rtsp://[fe80::1]/sub', 'link-local'],
    ['rtsp://239.1.2.3:554/', 'multicast'],
    ['http://0.0.0.0/picture.jpg', 'unspecified'],
  ])('%s is refused, naming the camera and the remedy, but no password', async (source, kind) => {
    const refusal = addresses.sealed({ id: 'door', source });
    await expect(refusal).rejects.toMatchObject({ code: 'evacuation/camera-address-forbidden' });
    await expect(refusal).rejects.toThrow(new RegExp(`camera door.*${kind}.*VIGIE_CAMERA_ALLOW`));
    await expect(refusal).rejects.not.toThrow(/s3cret/);
  });

  it.each(['rtsp://169.254.7.9/sub', 'http://camera.example/', 'rtsp://10.0.0.7/', 'browser:'])(
    '%s is sealed',
    async (source) => {
      expect(await opened(addresses.sealed({ id: 'door', source }))).toBe(source);
    },
  );

  it('that another server exported is refused when it leads where none is looked for', async () => {
    const lax = createCameraAddresses(key, ['169.254.0.0/16']);
    const source = await lax.sealed({ id: 'door', source: 'http://169.254.169.254/' });
    const exported = exportedAddress(source);
    await expect(addresses.sealed({ id: 'door', source: exported })).rejects.toThrow(/metadata/);
  });

  it('takes a name and a password, whatever is in them', async () => {
    const url = await opened(
      addresses.sealed({ id: 'door', source: 'rtsp://10.0.0.7/sub', login }),
    );
    const { username, password, host } = new URL(url);
    expect([username, decodeURIComponent(password), host]).toEqual([
      'hall',
      login.password,
      '10.0.0.7',
    ]);
  });

  it('stays as it was where none is given, and takes a new login', async () => {
    const before = await addresses.sealed({ id: 'door', source: 'rtsp://old:one@10.0.0.7/sub' });
    expect(await addresses.sealed({ id: 'door' }, before)).toBe(before);
    const url = await opened(addresses.sealed({ id: 'door', login }, before));
    expect(url).toMatch(/^rtsp:\/\/hall:.*@10\.0\.0\.7\/sub$/);
  });

  it('that is new does not take the password of the one before with it', async () => {
    const before = await addresses.sealed({ id: 'door', source: 'rtsp://old:one@10.0.0.7/sub' });
    const sealed = addresses.sealed({ id: 'door', source: 'rtsp://10.0.0.8/sub' }, before);
    expect(await opened(sealed)).toBe('rtsp://10.0.0.8/sub');
  });

  it('is missed where there never was one', async () => {
    await expect(addresses.sealed({ id: 'door' })).rejects.toThrow(/door has no address/);
  });
});
