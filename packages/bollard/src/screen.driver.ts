import type { Face } from '@vigie/contracts/parking-stage';
import type { Driver } from './bollard.service.ts';

/** A terminal with 24-bit colours as the bollard's screen: one line for each new face. */
export const createScreenDriver = (out: { write(text: string): unknown }): Driver => ({
  show: (face) => void out.write(`${lineOf(face)}\n`),
  stop: () => {},
});

/** Black has a white frame, so that it is not taken for a screen that is off. */
function lineOf(face: Face): string {
  switch (face.kind) {
    case 'day':
      return `${painted(face.colour, face.label)} ${face.colour}`;
    case 'overstay':
      return `[${painted('#000000', face.label)}] #000000`;
    case 'unknown':
      return `${painted(face.colour ?? '#808080', '?')} unknown`;
    default:
      return face.kind;
  }
}

function painted(colour: string, label: string): string {
  const value = Number.parseInt(colour.slice(1), 16);
  const rgb = [value >> 16, (value >> 8) & 255, value & 255];
  const [red = 0, green = 0, blue = 0] = rgb;
  const ink = red * 3 + green * 6 + blue > 1275 ? 30 : 97;
  return `\x1b[48;2;${rgb.join(';')};${ink}m ${label.padStart(3)} \x1b[0m`;
}
