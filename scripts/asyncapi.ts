/** Writes docs/asyncapi.yaml from the contracts: `npm run asyncapi`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncApiText } from './asyncapi-text.ts';
import { root } from './run-tool.ts';

writeFileSync(join(root, 'docs', 'asyncapi.yaml'), asyncApiText());
