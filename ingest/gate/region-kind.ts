import type { Region } from './still-regions.ts';
import type { TwoBackgrounds } from './two-backgrounds.ts';

/**
 * What a new, still region is: a thing that came, a place where a thing has gone, or light and shade (a shadow, a sunny
 * spot, wet road).
 */
export type RegionKind = 'thing' | 'gone' | 'light';

/** The outline of what is there is that much stronger in the one background than in the other. */
const outlineFactor = 1.3;
/** Grey levels: a weaker outline is a shadow's soft edge, or water's. */
const leastOutline = 5;
/** Shade and sun make the ground darker or brighter by so much; more is another thing. */
const shade = { least: 0.3, most: 2 };
/** They do so evenly: spread of the ratio inside the region, as a share of it. */
const evenness = 0.08;
/** And they leave the ground's texture: no more of it than light explains, by so much, and no less by far. */
const textureFactor = 1.25;
const textureLevels = 2;
const coveredTexture = 0.4;
/** Where everything is white or black there is no texture to be left. */
const clipped = { low: 8, high: 240 };
/** Inner pixels that it takes to say something of the texture; smaller regions are all outline. */
const leastInner = 4;

export const kindOf = (region: Region, backgrounds: TwoBackgrounds): RegionKind => {
  const members = new Set(region.pixels);
  const outline = outlineOf(region, members, backgrounds);
  if (outline.long > outlineFactor * outline.short) return 'gone';
  if (outline.short < leastOutline || outline.short < outlineFactor * outline.long) return 'light';
  return isShade(innerOf(region, members, backgrounds.width), backgrounds) ? 'light' : 'thing';
};

/** Mean difference in grey levels between the region's pixels and their neighbours outside, in both backgrounds. */
const outlineOf = (
  { pixels }: Region,
  members: ReadonlySet<number>,
  { width, height, short, long }: TwoBackgrounds,
): { short: number; long: number } => {
  const sums = { short: 0, long: 0, count: 0 };
  for (const at of pixels) {
    const [x, y] = [at % width, Math.floor(at / width)];
    // Two pixels further: the scaler and the encoder smear an edge over one.
    const outside = [
      x >= 2 ? at - 2 : -1,
      x + 2 < width ? at + 2 : -1,
      y >= 2 ? at - 2 * width : -1,
      y + 2 < height ? at + 2 * width : -1,
    ];
    for (const other of outside) {
      if (other < 0 || members.has(other)) continue;
      sums.short += Math.abs((short[at] ?? 0) - (short[other] ?? 0));
      sums.long += Math.abs((long[at] ?? 0) - (long[other] ?? 0));
      sums.count++;
    }
  }
  const count = Math.max(1, sums.count);
  return { short: sums.short / count, long: sums.long / count };
};

const innerOf = ({ pixels }: Region, members: ReadonlySet<number>, width: number): number[] =>
  pixels.filter((at) => [at - 1, at + 1, at - width, at + width].every((next) => members.has(next)));

const isShade = (inner: readonly number[], { short, long }: TwoBackgrounds): boolean => {
  if (inner.length < leastInner) return false;
  const now = measure(inner.map((at) => short[at] ?? 0));
  const before = measure(inner.map((at) => long[at] ?? 0));
  const ratio = measure(inner.map((at) => ((short[at] ?? 0) + 1) / ((long[at] ?? 0) + 1)));
  const isPossible = ratio.mean >= shade.least && ratio.mean <= shade.most;
  if (!isPossible || ratio.spread >= evenness * ratio.mean) return false;
  const texture = ratio.mean * before.spread;
  const isClipped = now.mean < clipped.low || now.mean > clipped.high;
  const isCovered = !isClipped && texture >= textureLevels && now.spread < coveredTexture * texture;
  return !isCovered && now.spread <= textureFactor * texture + textureLevels;
};

const measure = (values: readonly number[]): { mean: number; spread: number } => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, spread: Math.sqrt(squares / values.length) };
};
