import { stringify } from 'yaml';
import { asyncApi } from '../packages/contracts/src/asyncapi.ts';

const notice = '# Written by `npm run asyncapi` from packages/contracts. Do not edit.\n';

/** The description of the bus as it lies in docs/asyncapi.yaml. */
export const asyncApiText = (): string =>
  notice + stringify(asyncApi, { aliasDuplicateObjects: false, lineWidth: 0 });
