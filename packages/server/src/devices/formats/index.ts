export {
  type ChirpStackStatus,
  chirpStackDown,
  readChirpStackStatus,
  readChirpStackUp,
} from './chirpstack-v4.ts';
export {
  type DisplayOrder,
  decodeDisplay,
  encodeDisplay,
  paletteMark,
} from './display-downlink.ts';
export { type Decoder, FORMATS } from './formats.ts';
export { readNamedFields } from './named-fields.ts';
export { type Decoded, isUnreadable, type Reading, type Unreadable } from './reading.ts';
export { readTtsStorage, readTtsUp, ttsDown } from './the-things-stack-v3.ts';
export type { Uplink } from './uplink.ts';
