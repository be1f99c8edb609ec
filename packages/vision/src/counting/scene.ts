import type { Outline, View } from '../camera/view.ts';
import type { Size } from '../detector/boxes.ts';

/** What a camera usually shows: slow means of its views. Times in milliseconds since 1970. */
export interface Scene {
  readonly size: Size;
  /** usual luma of each cell of the outline, 0..255 */
  readonly luma: Float32Array;
  readonly meanLuma: number;
  readonly detail: number;
  readonly looks: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** How like its usual scene a view is. Shares 0..1; ratios are of the view against the scene, 1: as usual. */
export interface Likeness {
  /** share of the fields whose shapes are where they were, however bright they are */
  readonly alike: number;
  /** share of the fields that have lost all their shapes */
  readonly plain: number;
  readonly light: number;
  /** median contrast of the fields, apart from the light */
  readonly contrast: number;
  /** fineness of what is seen, apart from light and contrast */
  readonly focus: number;
}

/** Fields each way in which the shapes are compared. */
const FIELDS = { across: 8, down: 6 };
/** Fields of the scene with less difference of luma (standard deviation, 0..255) are plain wall and tell nothing. */
const PLAIN = 4;
/** With fewer fields that have shapes, a scene cannot be recognised. */
const LEAST_FIELDS = 8;
/** Correlation of two fields from which their shapes are the same. */
const SAME_SHAPES = 0.5;
/** A field with less than this share of its contrast has lost its shapes. */
const LOST_CONTRAST = 0.25;
/** The scene is known after this long and so many looks. */
const LEARN_MS = 3000;
const LEARN_LOOKS = 5;
/** Within this time a lasting change becomes usual: slower than smoke, quicker than the sun; milliseconds. */
const MEMORY_MS = 600_000;

export const isKnown = ({ looks, firstAt, lastAt }: Scene): boolean =>
  looks >= LEARN_LOOKS && lastAt - firstAt >= LEARN_MS;

/** Takes a view into the scene; while the scene is new each view weighs the same. */
export function withView(scene: Scene | undefined, view: View, at: number): Scene {
  const { outline, meanLuma, detail } = view;
  if (scene?.size.height !== outline.size.height) {
    const luma = Float32Array.from(outline.luma);
    return { size: outline.size, luma, meanLuma, detail, looks: 1, firstAt: at, lastAt: at };
  }
  const slow = Math.min(1, Math.max(0, at - scene.lastAt) / MEMORY_MS);
  const weight = isKnown(scene) ? slow : 1 / (scene.looks + 1);
  const toward = (usual: number, now: number): number => usual + (now - usual) * weight;
  return {
    ...scene,
    luma: scene.luma.map((usual, cell) => toward(usual, outline.luma[cell] as number)),
    meanLuma: toward(scene.meanLuma, meanLuma),
    detail: toward(scene.detail, detail),
    looks: scene.looks + 1,
    lastAt: at,
  };
}

/** By how many cells of the outline a view has slid. */
export interface Shift {
  readonly x: number;
  readonly y: number;
}

interface Field {
  readonly likeness: number;
  readonly contrast: number;
}

/** Compares the cells `left`..`right`, `top`..`bottom` of the scene with those of the view, slid by `shift`. */
function fieldOf(
  scene: Scene,
  luma: Outline['luma'],
  { left, right, top, bottom, shift }: Bounds & { shift: Shift },
): Field | undefined {
  const { width, height } = scene.size;
  let [n, a, b, aa, bb, ab] = [0, 0, 0, 0, 0, 0];
  for (let y = Math.max(top, -shift.y); y < Math.min(bottom, height - shift.y); y++) {
    for (let x = Math.max(left, -shift.x); x < Math.min(right, width - shift.x); x++) {
      const usual = scene.luma[y * width + x] as number;
      const now = luma[(y + shift.y) * width + x + shift.x] as number;
      n++;
      a += usual;
      b += now;
      aa += usual * usual;
      bb += now * now;
      ab += usual * now;
    }
  }
  const whole = (right - left) * (bottom - top);
  if (n < whole / 2) return undefined;
  const usual = Math.max(0, aa / n - (a / n) ** 2);
  const now = Math.max(0, bb / n - (b / n) ** 2);
  if (usual < PLAIN ** 2) return undefined;
  const likeness = (ab / n - (a / n) * (b / n)) / Math.sqrt(Math.max(usual * now, 1e-6));
  return { likeness, contrast: Math.sqrt(now / usual) };
}

interface Bounds {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function boundsOf(size: Size): Bounds[] {
  const { across, down } = FIELDS;
  return Array.from({ length: across * down }, (_, i) => {
    const [x, y] = [i % across, Math.floor(i / across)];
    return {
      left: Math.floor((x * size.width) / across),
      right: Math.floor(((x + 1) * size.width) / across),
      top: Math.floor((y * size.height) / down),
      bottom: Math.floor(((y + 1) * size.height) / down),
    };
  });
}

const STILL: Shift = { x: 0, y: 0 };

const fieldsOf = (scene: Scene, { outline }: View, shift: Shift): Field[] =>
  boundsOf(scene.size).flatMap(
    (bounds) => fieldOf(scene, outline.luma, { ...bounds, shift }) ?? [],
  );

function shareOf(fields: readonly Field[], is: (field: Field) => boolean): number {
  return fields.filter(is).length / fields.length;
}

const isAlike = ({ likeness }: Field): boolean => likeness >= SAME_SHAPES;

/** Compares a view with its usual scene; `undefined`: the scene has too few shapes to be recognised. */
export function likenessOf(scene: Scene, view: View): Likeness | undefined {
  if (scene.size.height !== view.outline.size.height) return undefined;
  const fields = fieldsOf(scene, view, STILL);
  if (fields.length < LEAST_FIELDS) return undefined;
  const light = view.meanLuma / Math.max(scene.meanLuma, 1);
  const contrasts = fields.map(({ contrast }) => contrast).sort((a, b) => a - b);
  const contrast = contrasts[contrasts.length >> 1] as number;
  return {
    alike: shareOf(fields, isAlike),
    plain: shareOf(fields, (field) => field.contrast < LOST_CONTRAST),
    light,
    contrast: contrast / Math.max(light, 0.01),
    focus: view.detail / Math.max(scene.detail * contrast, 0.01),
  };
}

/** How far a turned camera is looked for, in cells each way, and in which steps. */
const FURTHEST = 10;
const STEP = 2;

/** Largest share of alike fields when the view is slid back by some cells: high where the camera was turned a little. */
export function slidLikeness(scene: Scene, view: View): number {
  let best = 0;
  for (let y = -FURTHEST; y <= FURTHEST; y += STEP) {
    for (let x = -FURTHEST; x <= FURTHEST; x += STEP) {
      if (x === 0 && y === 0) continue;
      const fields = fieldsOf(scene, view, { x, y });
      if (fields.length >= LEAST_FIELDS) best = Math.max(best, shareOf(fields, isAlike));
    }
  }
  return best;
}
