import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { asyncApiText } from './asyncapi-text.ts';
import { root } from './run-tool.ts';

it('docs/asyncapi.yaml says what the contracts say; `npm run asyncapi` writes it', () => {
  expect(readFileSync(join(root, 'docs', 'asyncapi.yaml'), 'utf8')).toBe(asyncApiText());
});
