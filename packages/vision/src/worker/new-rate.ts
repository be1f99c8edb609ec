import { CameraConfig, wantedFps } from '@vigie/contracts/vision';

/**
 * The wanted frames per second of a configuration that differs from the one before in its rates alone; `undefined`: it
 * differs in more, or one of them cannot be read. Both as they came from the bus.
 */
export function newRateOf(before: string, after: string): number | undefined {
  const [old, young] = [before, after].map(readConfig);
  if (!old || !young || textWithoutRates(old) !== textWithoutRates(young)) return undefined;
  return wantedFps(young);
}

function readConfig(text: string): CameraConfig | undefined {
  try {
    return CameraConfig.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const textWithoutRates = ({ fps: _, alarmFps: __, ...rest }: CameraConfig): string =>
  JSON.stringify(rest);
