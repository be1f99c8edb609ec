import { exponential, logarithm, power } from './portable-math.ts';
import type { Triple } from './spaces.ts';
import { D65 } from './spaces.ts';

/** Where a colour is looked at. White and background are relative, Y of white = 100. */
export type Viewing = {
  whiteXyz: Triple;
  /** Luminance the eye is adapted to, cd/m². */
  adaptingLuminance: number;
  /** Y of the background, 0..100. */
  backgroundY: number;
};

/** J lightness 0..100, C chroma, M colourfulness, and the uniform J′ a′ b′. */
export type Appearance = { J: number; C: number; M: number; ucs: Triple };

/** The sRGB standard's room: 64 lux on a 20 % grey wall, average surround. Source: IEC 61966-2-1. */
export const SRGB_VIEWING: Viewing = {
  whiteXyz: [D65[0] * 100, 100, D65[2] * 100],
  adaptingLuminance: (64 / Math.PI) * 0.2,
  backgroundY: 20,
};

const SURROUND = { F: 1, c: 0.69, Nc: 1 };
const CHROMA_SCALE = (50000 / 13) * SURROUND.Nc;

/**
 * A CAM16 model for one viewing condition, average surround: XYZ (Y of white = 100) → appearance.
 * Source: Li, Li, Wang, Xu, Luo, Cui, Melgosa, Brill, Pointer 2017, "Comprehensive color solutions:
 * CAM16, CAT16, and CAM16-UCS", Color Research and Application 42(6).
 */
export function cam16For(viewing: Viewing): (xyz: Triple) => Appearance {
  const { adaptingLuminance: la, backgroundY } = viewing;
  const k = 1 / (5 * la + 1);
  const k4 = k * k * k * k;
  const level = 0.2 * k4 * 5 * la + 0.1 * (1 - k4) * (1 - k4) * power(5 * la, 1 / 3);
  const n = backgroundY / viewing.whiteXyz[1];
  const induction = 0.725 * power(n, -0.2);
  const exponent = SURROUND.c * (1.48 + Math.sqrt(n));
  const chromaBase = power(1.64 - power(0.29, n), 0.73);
  const levelQuarter = power(level, 0.25);
  const compressed = responsesFor(viewing, level);
  const [whiteR, whiteG, whiteB] = compressed(viewing.whiteXyz);
  const whiteSignal = 2 * whiteR + whiteG + whiteB / 20;

  return (xyz) => {
    const [r, g, b] = compressed(xyz);
    const redGreen = r - (12 * g) / 11 + b / 11;
    const yellowBlue = (r + g - 2 * b) / 9;
    const span = Math.sqrt(redGreen * redGreen + yellowBlue * yellowBlue);
    const cosine = span === 0 ? 1 : redGreen / span;
    const sine = span === 0 ? 0 : yellowBlue / span;
    const signal = Math.max(0, 2 * r + g + b / 20);
    const J = 100 * power(signal / whiteSignal, exponent);
    // cos(h + 2) of the eccentricity factor, opened so that no cosine is asked of the engine.
    const eccentricity = 0.25 * (cosine * COS_2 - sine * SIN_2 + 3.8);
    const t = (CHROMA_SCALE * induction * eccentricity * span) / (r + g + 1.05 * b + 0.305);
    const C = power(t, 0.9) * chromaBase * Math.sqrt(J / 100);
    const M = C * levelQuarter;
    const uniformM = logarithm(1 + 0.0228 * M) / 0.0228;
    const ucs: Triple = [(1.7 * J) / (1 + 0.007 * J), uniformM * cosine, uniformM * sine];
    return { J, C, M, ucs };
  };
}

const COS_2 = -0.4161468365471424;
const SIN_2 = 0.9092974268256817;

function cone([x, y, z]: Triple): Triple {
  return [
    0.401288 * x + 0.650173 * y - 0.051461 * z,
    -0.250268 * x + 1.204414 * y + 0.045854 * z,
    -0.002079 * x + 0.048952 * y + 0.953127 * z,
  ];
}

/**
 * XYZ → adapted and compressed cone responses, without the paper's constant 0.1: it cancels everywhere
 * but in t, where 0.305 stands for it.
 */
function responsesFor(viewing: Viewing, level: number): (xyz: Triple) => Triple {
  const { whiteXyz, adaptingLuminance } = viewing;
  const degree = SURROUND.F * (1 - exponential((-adaptingLuminance - 42) / 92) / 3.6);
  const [whiteR, whiteG, whiteB] = cone(whiteXyz);
  const gainOf = (white: number) => (degree * (whiteXyz[1] / white) + 1 - degree) * (level / 100);
  const [gainR, gainG, gainB] = [gainOf(whiteR), gainOf(whiteG), gainOf(whiteB)];
  return (xyz) => {
    const [r, g, b] = cone(xyz);
    return [compress(r * gainR), compress(g * gainG), compress(b * gainB)];
  };
}

function compress(response: number): number {
  const x = power(Math.abs(response), 0.42);
  return ((response < 0 ? -400 : 400) * x) / (x + 27.13);
}
