import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod';

/** A parking space of an annotated picture: its outline in pixels, and the truth. */
export interface MarkedSpace {
  readonly id: string;
  readonly outline: readonly (readonly [x: number, y: number])[];
  readonly isOccupied: boolean;
}

const Point = z.object({ x: z.coerce.number(), y: z.coerce.number() });
const Space = z.object({
  id: z.string(),
  // Some spaces of PKLot were never judged and carry no truth.
  occupied: z.enum(['0', '1']).optional(),
  contour: z.object({ point: z.array(Point).min(3) }).optional(),
});
const Lot = z.object({ parking: z.object({ space: z.array(Space).default([]) }) });

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  isArray: (name) => name === 'space' || name === 'point',
});

/**
 * Reads the annotations of a PKLot picture; spaces without an outline or a truth are left out.
 * @throws ZodError when the text is no such file.
 * Source: Almeida et al., PKLot, Expert Systems with Applications 42(11), 2015.
 */
export function readPkLot(xml: string): MarkedSpace[] {
  const { parking } = Lot.parse(parser.parse(xml));
  return parking.space.flatMap(({ id, occupied, contour }) =>
    contour && occupied
      ? [
          {
            id,
            outline: contour.point.map(({ x, y }) => [x, y] as const),
            isOccupied: occupied === '1',
          },
        ]
      : [],
  );
}
