import type { Bollard } from '@vigie/contracts/devices';
import type { SpaceView } from '@vigie/contracts/parking';

/** What a label must say of a space. */
export type Place = Pick<SpaceView, 'id' | 'label' | 'address' | 'zoneName'>;

/** What is printed for one bollard. */
export interface Label {
  bollardId: string;
  /** Names of its spaces, as they stand in the street. */
  spaces: string;
  street: string;
  /** The citizen's page of its first space. */
  url: string;
}

/** A4 with 3 × 8 labels of 70 × 37 mm, as sold by several makers; sizes in mm. */
export const sheet = {
  columns: 3,
  rows: 8,
  widthMm: 70,
  heightMm: 37,
  /** Left above and below. */
  marginMm: 0.5,
} as const;

/** Corner of the `index`-th label (from 0), in mm from the upper left; `page` from 0. */
export function cellAt(index: number): { page: number; xMm: number; yMm: number } {
  const onPage = index % (sheet.columns * sheet.rows);
  return {
    page: Math.floor(index / (sheet.columns * sheet.rows)),
    xMm: (onPage % sheet.columns) * sheet.widthMm,
    yMm: sheet.marginMm + Math.floor(onPage / sheet.columns) * sheet.heightMm,
  };
}

/** Labels of the bollards that stand somewhere. `publicUrl` without a slash at its end. */
export function labelsOf(
  bollards: readonly Bollard[],
  { places, publicUrl }: { places: readonly Place[]; publicUrl: string },
): Label[] {
  const byId = new Map(places.map((place) => [place.id, place]));
  return bollards.flatMap(({ id, spaceIds }) => {
    const served = spaceIds.flatMap((spaceId) => byId.get(spaceId) ?? []);
    const [first] = served;
    if (!first) return [];
    return [
      {
        bollardId: id,
        spaces: served.map(({ label }) => label).join(' · '),
        street: first.address || first.zoneName,
        url: `${publicUrl}/b/${first.id}`,
      },
    ];
  });
}
