import type { DeviceStream } from '@vigie/contracts/camera-enquiries';
import { describe, expect, it } from 'vitest';
import { advisedStream } from './stream-advice.ts';

const stream = (name: string, width: number, more: Partial<DeviceStream> = {}): DeviceStream => ({
  ...{ name, width, height: Math.round((width * 9) / 16), codec: 'H264', fps: 10 },
  ...{ shown: '', source: 'sealed:x', snapshot: null, trouble: null, ...more },
});
const [main, sub, small] = [stream('main', 2560), stream('sub', 1280), stream('small', 640)];

describe('the stream that suits a profile', () => {
  it.each([
    ['quick', [main, sub, small], 'small'],
    ['standard', [main, sub, small], 'sub'],
    ['crowded', [main, sub, small], 'main'],
    ['crowded', [small, sub], 'sub'],
    ['standard', [stream('hevc', 1280, { codec: 'H265' }), sub], 'sub'],
    ['standard', [stream('closed', 1280, { source: null, trouble: 'elsewhere' }), main], 'main'],
    ['standard', [stream('closed', 1280, { source: null })], undefined],
    ['quick', [], undefined],
  ] as const)('%s of these is the right one', (profile, streams, name) => {
    expect(advisedStream(streams, profile)?.name).toBe(name);
  });
});
