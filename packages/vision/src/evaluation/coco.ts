import * as z from 'zod';
import type { Marked } from './average-precision.ts';

/** The parts of a COCO annotation file that are read. Source: cocodataset.org, data format. */
const Coco = z.object({
  images: z.array(
    z.object({
      id: z.union([z.int(), z.string()]),
      file_name: z.string().min(1),
      subset: z.string().optional(),
      person_count: z.int().nonnegative().optional(),
    }),
  ),
  annotations: z.array(
    z.object({
      image_id: z.union([z.int(), z.string()]),
      category_id: z.int(),
      bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
      iscrowd: z.union([z.int(), z.boolean()]).default(0),
    }),
  ),
  categories: z.array(z.object({ id: z.int(), name: z.string() })),
});

/** A picture with its marked humans. `persons`: as the file says, else the number of single marks. */
export interface AnnotatedPicture {
  readonly fileName: string;
  readonly subset: string | undefined;
  readonly persons: number;
  readonly marked: readonly Marked[];
}

/**
 * Reads a COCO annotation file, class `person` only.
 * @throws Error when it is no such file or names no class `person`; the message says what is missing.
 */
export function readCoco(json: unknown): AnnotatedPicture[] {
  const parsed = Coco.safeParse(json);
  if (!parsed.success) throw new Error(`no COCO annotations: ${z.prettifyError(parsed.error)}`);
  const { images, annotations, categories } = parsed.data;
  const person = categories.find(({ name }) => name.toLowerCase() === 'person');
  if (!person) throw new Error('the annotations have no category "person"; name it so');
  /** by picture id */
  const marks = new Map<number | string, Marked[]>(images.map(({ id }) => [id, []]));
  for (const { image_id, category_id, bbox, iscrowd } of annotations) {
    const [x, y, w, h] = bbox;
    const mark = { x1: x, y1: y, x2: x + w, y2: y + h, isCrowd: Boolean(iscrowd) };
    if (category_id === person.id) marks.get(image_id)?.push(mark);
  }
  return images.map(({ id, file_name, subset, person_count }) => {
    const marked = marks.get(id) ?? [];
    const persons = person_count ?? marked.filter(({ isCrowd }) => !isCrowd).length;
    return { fileName: file_name, subset, persons, marked };
  });
}
