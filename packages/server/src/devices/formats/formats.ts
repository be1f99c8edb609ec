import { decodeBoschTps110 } from './bosch-tps110.ts';
import { decodeCicicom } from './cicicom.ts';
import { type DistanceSettings, decodeMilesightEm400 } from './milesight-em400.ts';
import { decodeNwaveNps405 } from './nwave-nps405.ts';
import { decodePniPlacepod } from './pni-placepod.ts';
import type { Decoded } from './reading.ts';

/** What the messages of one make say. Never throws, whatever the bytes. `port`: the LoRaWAN port, 1..223. */
export type Decoder = (port: number, bytes: Uint8Array, settings: DistanceSettings) => Decoded;

/** Decoders by model id, as it stands in the registry of devices. */
export const FORMATS = {
  'bosch-tps110': decodeBoschTps110,
  'nwave-nps405': decodeNwaveNps405,
  'pni-placepod': decodePniPlacepod,
  cicicom: decodeCicicom,
  'milesight-em400': decodeMilesightEm400,
} as const satisfies Record<string, Decoder>;
