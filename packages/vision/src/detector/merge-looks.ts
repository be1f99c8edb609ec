import { type Corners, type Detection, iouOf, type Size } from './boxes.ts';
import { wholeOf } from './framing.ts';

/** What one look at a picture found. `part`: what it was shown of it. */
export interface PartialLook {
  readonly part: Corners | undefined;
  readonly humans: readonly Detection[];
}

/** Finds of two looks that overlap by more than this are one person. */
const SAME_PERSON = 0.5;
/** A find that ends so close to where a part was cut is half a person, in shares of the longer side of the part. */
const CUT_SHARE = 0.006;
/**
 * By what the best score of one person in several looks is multiplied. It is higher than the score of a single look by
 * chance alone; afterwards the threshold of a single look fits. Measured for four looks, see docs/counting.md.
 */
const BEST_OF_SEVERAL = 0.583;

function isCut(human: Corners, part: Corners, { width, height }: Size): boolean {
  const near = CUT_SHARE * Math.max(part.x2 - part.x1, part.y2 - part.y1);
  return (
    (part.x1 > 0 && human.x1 < part.x1 + near) ||
    (part.y1 > 0 && human.y1 < part.y1 + near) ||
    (part.x2 < width && human.x2 > part.x2 - near) ||
    (part.y2 < height && human.y2 > part.y2 - near)
  );
}

interface Person {
  readonly human: Detection;
  /** numbers of the looks that found this person */
  readonly seenBy: Set<number>;
}

/** The person of whom this is another sight; each look shows a person once. */
function samePerson(people: readonly Person[], human: Detection, look: number): Person | undefined {
  let best: Person | undefined;
  let most = SAME_PERSON;
  for (const person of people) {
    const overlap = person.seenBy.has(look) ? 0 : iouOf(person.human, human);
    if (overlap < most) continue;
    best = person;
    most = overlap;
  }
  return best;
}

/**
 * Joins several looks at one picture: everybody once, best score first, scores as of a single look. Within a look
 * overlaps are suppressed already, so two finds of it are never joined.
 */
export function mergeLooks(looks: readonly PartialLook[], size: Size): Detection[] {
  const factor = looks.length > 1 ? BEST_OF_SEVERAL : 1;
  const sights = looks
    .flatMap(({ part, humans }, look) =>
      humans
        .filter((human) => !isCut(human, part ?? wholeOf(size), size))
        .map((human) => ({ human, look })),
    )
    .sort((a, b) => b.human.score - a.human.score);
  const people: Person[] = [];
  for (const { human, look } of sights) {
    const same = samePerson(people, human, look);
    if (same) same.seenBy.add(look);
    else people.push({ human, seenBy: new Set([look]) });
  }
  return people.map(({ human }) => ({ ...human, score: human.score * factor }));
}
