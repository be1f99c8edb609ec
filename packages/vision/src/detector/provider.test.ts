import { describe, expect, it } from 'vitest';
import { sessionOptions, wantedProvider } from './provider.driver.ts';

describe('what computes the detector', () => {
  it.each([
    [undefined, 'cpu'],
    ['', 'cpu'],
    ['cuda', 'cuda'],
  ])('is by the setting %s: %s', (setting, provider) => {
    expect(wantedProvider({ VIGIE_INFERENCE: setting })).toBe(provider);
  });

  it('is named with what there is where the setting is wrong', () => {
    expect(() => wantedProvider({ VIGIE_INFERENCE: 'gpu' })).toThrow(
      'VIGIE_INFERENCE is gpu; it can be cpu, cuda, tensorrt, webgpu, coreml, dml',
    );
  });

  it('leaves to the processor what a graphics processor cannot compute', () => {
    expect(sessionOptions('cuda').executionProviders).toEqual(['cuda', 'cpu']);
  });
});
