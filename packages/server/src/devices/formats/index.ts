export { type Decoder, FORMATS } from './formats.ts';
export { readNamedFields } from './named-fields.ts';
export { type Decoded, isUnreadable, type Reading, type Unreadable } from './reading.ts';
