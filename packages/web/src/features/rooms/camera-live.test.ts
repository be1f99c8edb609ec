import { describe, expect, it } from 'vitest';
import { ApiError } from '../../platform/api.ts';
import { isWithheld, refusalIn } from './camera-live.ts';

describe('a notice of the live line', () => {
  it.each([
    ['that pictures are held back', '{"withheld":true}', true],
    ['that they come again', '{"withheld":false}', false],
    ['of another kind', '{"hello":1}', false],
    ['that is no JSON', 'bye', false],
  ])('is understood: %s', (_name, text, withheld) => {
    expect(isWithheld(text)).toBe(withheld);
  });
});

describe('the reason of a line that did not open', () => {
  it.each([
    ['a missing right', new ApiError('accounts/not-allowed', 403, ''), true],
    ['a missing reason', new ApiError('evacuation/reason-missing', 400, ''), true],
    [
      'no refusal: only the address is not for ordinary requests',
      new ApiError('platform/route-unknown', 404, ''),
      false,
    ],
    ['no refusal: the server is away', new ApiError('web/no-connection', 0, ''), false],
    ['no refusal: something else broke', new Error('x'), false],
  ])('is %s', (_name, error, isRefusal) => {
    expect(refusalIn(error)).toBe(isRefusal ? error : undefined);
  });
});
