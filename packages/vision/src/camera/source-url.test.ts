import { describe, expect, it } from 'vitest';
import { type SourceUrl, sourceUrlOf, withoutSecrets } from './source-url.ts';

describe('the address of a camera', () => {
  it.each([
    {
      name: 'RTSP',
      url: 'rtsp://hall:s3cret@10.0.0.7:554/sub',
      kind: 'rtsp',
      shown: 'rtsp://10.0.0.7:554/sub',
    },
    { name: 'RTSP over TLS', url: 'rtsps://cam/1', kind: 'rtsp', shown: 'rtsps://cam/1' },
    {
      name: 'HTTP with a key',
      url: 'http://cam/v.mjpg?key=abc',
      kind: 'http',
      shown: 'http://cam/v.mjpg',
    },
    { name: 'a file', url: 'file:///clips/a.mp4', kind: 'file', shown: 'file:///clips/a.mp4' },
  ])('$name is opened and shown without secrets', ({ url, kind, shown }) => {
    expect(sourceUrlOf(url)).toEqual({ url, kind, shown });
  });

  it.each([
    'concat:/etc/passwd|/etc/shadow',
    'subfile:///etc/passwd',
    'exec:ls',
    'udp://239.0.0.1:1234',
    'data:video/mp4;base64,AAAA',
    '/dev/video0',
    '-i /etc/passwd',
    '',
  ])('"%s" is refused', (url) => {
    expect(sourceUrlOf(url)).toBeUndefined();
  });

  it('never keeps name, password or key in a message that quotes it', () => {
    const source = sourceUrlOf('rtsp://hall:s3c%20ret@10.0.0.7/sub?token=abc123');
    if (!source) throw new Error('an RTSP address was refused');
    const texts = [
      `cannot open ${source.url}: refused`,
      'retry hall:s3c%20ret@10.0.0.7',
      'bad password "s3c ret"',
      'GET /sub?token=abc123',
    ];
    for (const text of texts) {
      const clean = withoutSecrets(text, source);
      expect(clean).not.toMatch(/s3c%20ret|s3c ret|hall:|abc123/);
    }
    expect(withoutSecrets('connection refused', source)).toBe('connection refused');
  });

  it('hides a password that holds a % of its own', () => {
    const source = sourceUrlOf('rtsp://hall:5%zz@10.0.0.7/sub') as SourceUrl;
    expect(withoutSecrets('cannot open rtsp://hall:5%zz@10.0.0.7/sub', source)).toBe(
      'cannot open rtsp://10.0.0.7/sub',
    );
  });
});
