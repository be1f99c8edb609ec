/** A space as it is and as it was called; `null`: nothing was said of it. */
export interface JudgedSpace {
  readonly isOccupied: boolean;
  readonly saidOccupied: boolean | null;
}

/** How well spaces were told apart; shares 0..1. */
export interface ParkingScore {
  readonly pictures: number;
  readonly spaces: number;
  readonly occupied: number;
  /** share of the spaces that were called right */
  readonly right: number;
  /** share of the pictures of which every space was called right */
  readonly picturesRight: number;
  readonly freeCalledOccupied: number;
  readonly occupiedCalledFree: number;
  /** neither was said */
  readonly unknown: number;
}

const isRight = ({ isOccupied, saidOccupied }: JudgedSpace): boolean => isOccupied === saidOccupied;

/** Score of pictures, each with its spaces; of none at all every share is 1. */
export function parkingScoreOf(pictures: readonly (readonly JudgedSpace[])[]): ParkingScore {
  const spaces = pictures.flat();
  const wrong = spaces.filter((space) => !isRight(space));
  const share = (part: number, all: number): number => (all === 0 ? 1 : part / all);
  return {
    pictures: pictures.length,
    spaces: spaces.length,
    occupied: spaces.filter(({ isOccupied }) => isOccupied).length,
    right: share(spaces.length - wrong.length, spaces.length),
    picturesRight: share(pictures.filter((all) => all.every(isRight)).length, pictures.length),
    freeCalledOccupied: wrong.filter(({ saidOccupied }) => saidOccupied === true).length,
    occupiedCalledFree: wrong.filter(({ saidOccupied }) => saidOccupied === false).length,
    unknown: wrong.filter(({ saidOccupied }) => saidOccupied === null).length,
  };
}
