import { describe, expect, it } from 'vitest';
import { defaultKeeping, keepingFrom } from './keeping.ts';

describe('how long data is kept', () => {
  it.each([
    ['nothing', '', {}],
    ['one kind', 'messages=180', { messages: 180 }],
    ['several, with spaces', 'messages=180, cases=0', { messages: 180, cases: 0 }],
  ])('is read from %s', (_, text, change) => {
    expect(keepingFrom(text)).toEqual({ ...defaultKeeping, ...change });
  });

  it.each([
    'pictures=3',
    'messages',
    'messages=-1',
    'messages=1=2',
    'messages=soon',
    ',',
    'toString=1',
  ])('refuses %s', (text) => {
    expect(keepingFrom(text)).toBeUndefined();
  });
});
