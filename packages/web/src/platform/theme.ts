import {
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  Modal,
} from '@mantine/core';

/** Warm greys, light to dark: the whole frame. Saturated colours are in `face/face.css`, by meaning. */
const stone: MantineColorsTuple = [
  '#faf8f5',
  '#f2efea',
  '#e6e2db',
  '#d3cec5',
  '#b3ada2',
  '#878177',
  '#655f56',
  '#4b463f',
  '#322e29',
  '#211e1a',
];

/** The same hue for the dark side, text first, as Mantine's `dark` wants it. */
const night: MantineColorsTuple = [
  '#e2ded7',
  '#bdb8af',
  '#9a948a',
  '#6f6a61',
  '#4a463f',
  '#39352f',
  '#2a2723',
  '#1f1d1a',
  '#171513',
  '#100f0d',
];

const fontFamily =
  '"Segoe UI", system-ui, -apple-system, "Noto Sans", "Liberation Sans", Arial, sans-serif';

export const theme = createTheme({
  colors: { stone, gray: stone, dark: night },
  primaryColor: 'stone',
  primaryShade: { light: 8, dark: 2 },
  // What is filled is ink on paper by day and paper on ink by night.
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input);
    if (input.variant !== 'filled') return colors;
    return {
      ...colors,
      background: 'var(--ink)',
      hover: 'var(--ink-hover)',
      color: 'var(--on-ink)',
    };
  },
  black: '#211e1a',
  white: '#fffdfa',
  fontFamily,
  headings: { fontFamily, fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  // It would hold the page by a style that stands inline; `face/face.css` holds it.
  components: { Modal: Modal.extend({ defaultProps: { lockScroll: false } }) },
});
