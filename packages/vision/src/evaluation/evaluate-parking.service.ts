import type { WatchedSpace } from '@vigie/contracts/vision';
import type { Size } from '../detector/boxes.ts';
import type { Picture } from '../detector/detector.ts';
import type { SpaceWatch } from '../parking/space-watch.service.ts';
import { type JudgedSpace, type ParkingScore, parkingScoreOf } from './parking-score.ts';
import type { MarkedSpace } from './pklot.driver.ts';

/** A picture with what is true of its spaces. */
export interface MarkedPicture {
  readonly name: string;
  readonly picture: Picture;
  readonly spaces: readonly MarkedSpace[];
}

/** Scores of annotated pictures, all together and by file name. `msPerPicture`: mean, on one thread. */
export interface ParkingEvaluation {
  readonly all: ParkingScore;
  readonly pictures: Readonly<Record<string, ParkingScore>>;
  readonly msPerPicture: number;
}

const within = (value: number): number => Math.min(Math.max(value, 0), 1);

const watchedOf = ({ id, outline }: MarkedSpace, { width, height }: Size): WatchedSpace => ({
  spaceId: id,
  polygon: outline.map(([x, y]) => [within(x / width), within(y / height)]),
});

/** Compares single looks with what is true. */
export async function evaluateParking(
  watch: SpaceWatch,
  pictures: AsyncIterable<MarkedPicture>,
  onProgress: (done: number) => void,
): Promise<ParkingEvaluation> {
  const judged: [string, JudgedSpace[]][] = [];
  let ms = 0;
  for await (const { name, picture, spaces } of pictures) {
    const watched = spaces.map((space) => watchedOf(space, picture.size));
    const look = await watch.look(picture, watched);
    ms += look.ms.prepare + look.ms.infer + look.ms.post;
    const said = new Map(look.sights.map(({ spaceId, occupied }) => [spaceId, occupied]));
    judged.push([
      name,
      spaces.map(({ id, isOccupied }) => ({ isOccupied, saidOccupied: said.get(id) ?? null })),
    ]);
    onProgress(judged.length);
  }
  return {
    all: parkingScoreOf(judged.map(([, spaces]) => spaces)),
    pictures: Object.fromEntries(judged.map(([name, spaces]) => [name, parkingScoreOf([spaces])])),
    msPerPicture: judged.length === 0 ? 0 : ms / judged.length,
  };
}
