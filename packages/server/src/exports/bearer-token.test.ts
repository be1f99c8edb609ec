import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bearerToken, readBearer } from './bearer-token.ts';

describe('the token of an integrator', () => {
  it('gives back id and key, a key with any sign in it too', () => {
    const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/);
    const key = fc.stringMatching(/^[!-~]{24,40}$/);
    fc.assert(
      fc.property(fc.record({ id, key }), (token) => {
        expect(readBearer(`Bearer ${bearerToken(token)}`)).toEqual(token);
      }),
    );
  });

  it.each([undefined, '', 'Bearer', 'Bearer abc', 'Bearer ~key', 'Bearer id~', 'Basic aWQ6a2V5'])(
    'is not found in %s',
    (header) => {
      expect(readBearer(header)).toBeUndefined();
    },
  );
});
