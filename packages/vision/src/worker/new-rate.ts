import { CameraConfig, wantedFps } from '@vigie/contracts/vision';

/** What may change while a camera goes on. */
interface LightChange {
  /** Wanted frames per second. */
  fps: number;
  /** No picture leaves the worker. */
  isWithheld: boolean;
}

/**
 * What is new in a configuration that differs from the one before in its rates, or in whether pictures are withheld, alone; `undefined`: it
 * differs in more, or one of them cannot be read. Both as they came from the bus.
 */
export function lightChangeOf(before: string, after: string): LightChange | undefined {
  const [old, young] = [before, after].map(readConfig);
  if (!old || !young || textOfRest(old) !== textOfRest(young)) return undefined;
  return { fps: wantedFps(young), isWithheld: young.isWithheld === true };
}

function readConfig(text: string): CameraConfig | undefined {
  try {
    return CameraConfig.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const textOfRest = ({ fps: _, alarmFps: __, isWithheld: ___, ...rest }: CameraConfig): string =>
  JSON.stringify(rest);
