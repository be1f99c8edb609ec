/** A part of a drawing as it was read; texts are children of their own. */
export interface SvgElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly (SvgElement | string)[];
}

/** A drawing that only draws. `width` and `height` in its own units. `wrong`: what is the matter, and the remedy. */
export type CleanSvg = { text: string; width: number; height: number } | { wrong: string };

/** What is kept. Everything else, known or not, is left out with all that it holds. */
const keptElements = new Set(
  'svg g path rect circle ellipse line polyline polygon text tspan title desc defs symbol use style clipPath linearGradient radialGradient stop'.split(
    ' ',
  ),
);

const keptAttributes = new Set(
  [
    'id class style transform d points x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy width height viewBox',
    'fill fill-opacity fill-rule clip-path clip-rule clipPathUnits opacity color display visibility',
    'stroke stroke-width stroke-opacity stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit',
    'font-family font-size font-style font-weight letter-spacing text-anchor dominant-baseline',
    'gradientUnits gradientTransform offset stop-color stop-opacity vector-effect paint-order',
  ].flatMap((line) => line.split(' ')),
);

/** A style may call these and none that could load something, and refer to parts of the same drawing. */
const keptFunctions = new Set(
  'rgb rgba hsl hsla matrix translate translatex translatey scale rotate skewx skewy calc'.split(
    ' ',
  ),
);
const ownPart = /^#[\w:.-]+$/;
const callOf = /([\w-]*)\(([^)]*)/g;

/** Limits against drawings that would keep a browser busy: elements after `use` was followed, and how deep they lie. */
const mostElements = 200_000;
const deepest = 100;
const longestChain = 500;
/** A plan is not a ribbon. */
const mostStretched = 20;

/** The drawing without script, links, pictures, animation and everything foreign; written anew from what is known to be harmless. */
export function cleanSvg(root: SvgElement): CleanSvg {
  if (localName(root.name) !== 'svg') return { wrong: 'It is no SVG: its root is not <svg>.' };
  if (depthOf(root) > deepest)
    return { wrong: `Its groups lie more than ${deepest} deep. Ungroup them.` };
  if (holds(root, 'image'))
    return { wrong: 'It holds a picture, which is not taken. Save the plan as PNG.' };
  const kept = cleaned(root);
  const weight = kept && weightOf(kept);
  if (!kept || weight === undefined || weight > mostElements) {
    return { wrong: `It repeats itself or draws more than ${mostElements} things. Simplify it.` };
  }
  const box = boxOf(root.attributes);
  if (!box) {
    return { wrong: 'It says no usable size. Give it a viewBox, or a width and a height.' };
  }
  const [x, y, width, height] = box;
  const { width: _, height: __, viewBox: ___, ...others } = kept.attributes;
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    width: `${width}`,
    height: `${height}`,
    viewBox: `${x} ${y} ${width} ${height}`,
    ...others,
  };
  return { text: written({ ...kept, attributes }), width, height };
}

const localName = (name: string): string => name.replace(/^svg:/, '');

const elementsIn = ({ children }: SvgElement): SvgElement[] =>
  children.filter((child) => typeof child !== 'string');

/** Without recursion: the depth is what is not yet known. */
function depthOf(root: SvgElement): number {
  let level = [root];
  let depth = 0;
  while (level.length > 0 && depth <= deepest) {
    depth++;
    level = level.flatMap(elementsIn);
  }
  return depth;
}

const holds = (element: SvgElement, name: string): boolean =>
  localName(element.name) === name || elementsIn(element).some((child) => holds(child, name));

function cleaned({ name, attributes, children }: SvgElement): SvgElement | undefined {
  const kept = localName(name);
  if (!keptElements.has(kept)) return undefined;
  if (kept === 'style') return cleanedStyle(children);
  return {
    name: kept,
    attributes: Object.fromEntries(Object.entries(attributes).flatMap(cleanedAttribute)),
    children: children.flatMap((child): (SvgElement | string)[] => {
      if (typeof child === 'string') return isText(kept) ? [child] : [];
      const inner = cleaned(child);
      return inner ? [inner] : [];
    }),
  };
}

const isText = (name: string): boolean => ['text', 'tspan', 'title', 'desc'].includes(name);

function cleanedStyle(children: SvgElement['children']): SvgElement | undefined {
  const text = children.filter((child) => typeof child === 'string').join('');
  return isHarmlessStyle(text) ? { name: 'style', attributes: {}, children: [text] } : undefined;
}

function cleanedAttribute([name, value]: [string, string]): [string, string][] {
  if (name === 'href' || name === 'xlink:href') return ownPart.test(value) ? [['href', value]] : [];
  return keptAttributes.has(name) && isHarmlessStyle(value) ? [[name, value]] : [];
}

/** `@` begins an import, `\` hides a word, `<` ends a style. */
function isHarmlessStyle(text: string): boolean {
  if (/[@\\<]/.test(text)) return false;
  return [...text.matchAll(callOf)].every(([, name = '', argument = '']) =>
    name.toLowerCase() === 'url'
      ? ownPart.test(argument.trim().replace(/^(["'])(.*)\1$/, '$2'))
      : keptFunctions.has(name.toLowerCase()),
  );
}

/** Elements that are drawn when every reference is followed; `undefined`: it never ends. */
function weightOf(root: SvgElement): number | undefined {
  const byId = new Map<string, SvgElement>();
  const remember = (element: SvgElement): void => {
    const { id } = element.attributes;
    if (id !== undefined && !byId.has(id)) byId.set(id, element);
    elementsIn(element).forEach(remember);
  };
  remember(root);
  const known = new Map<SvgElement, number>();
  const open = new Set<SvgElement>();
  const weigh = (element: SvgElement): number => {
    const before = known.get(element);
    if (before !== undefined) return before;
    if (open.has(element) || open.size > longestChain) return Number.POSITIVE_INFINITY;
    open.add(element);
    const used = referencesOf(element).flatMap((id) => byId.get(id) ?? []);
    const parts = [...elementsIn(element), ...used];
    const weight = parts.reduce((sum, part) => sum + weigh(part), 1);
    open.delete(element);
    known.set(element, weight);
    return weight;
  };
  const weight = weigh(root);
  return Number.isFinite(weight) ? weight : undefined;
}

/** Ids of the parts that an element draws again or is cut by. */
const referencesOf = ({ attributes }: SvgElement): string[] =>
  Object.entries(attributes).flatMap(([name, value]) =>
    name === 'href'
      ? [value.slice(1)]
      : [...value.matchAll(/url\(\s*["']?#([\w:.-]+)/g)].map(([, id = '']) => id),
  );

/** `[x, y, width, height]` of what is shown, in units of the drawing. */
function boxOf({
  viewBox,
  width = '',
  height = '',
}: Record<string, string>): readonly [number, number, number, number] | undefined {
  const [x, y, w, h] = viewBox
    ? viewBox
        .trim()
        .split(/[\s,]+/)
        .map(Number)
    : [0, 0, Number.parseFloat(width), Number.parseFloat(height)];
  if (x === undefined || y === undefined || !w || !h) return undefined;
  const areUsable = [x, y, w, h].every((value) => Math.abs(value) < 1e7) && w > 0 && h > 0;
  const isStretched = w / h > mostStretched || h / w > mostStretched;
  return areUsable && !isStretched ? [x, y, w, h] : undefined;
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? '');

function written({ name, attributes, children }: SvgElement): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const inner = children.map((child) =>
    typeof child === 'string' ? escaped(child) : written(child),
  );
  return `<${name}${given.join('')}>${inner.join('')}</${name}>`;
}
