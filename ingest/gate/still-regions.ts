import type { TwoBackgrounds } from './two-backgrounds.ts';

/** Pixels that hang together, in a box whose right and lower edges do not belong to it. */
export interface Region {
  pixels: readonly number[];
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export const sidesOf = ({ left, top, right, bottom }: Region): [number, number] => [
  right - left,
  bottom - top,
];

/** Finds the regions whose pixels have been new and still for `leastMs`. Neighbours touch by sides and corners. */
export const findRegions = (backgrounds: TwoBackgrounds, leastMs: number): Region[] => {
  // Nearly all pictures.
  if (backgrounds.longestNewMs < leastMs) return [];
  const { width, height, newMs } = backgrounds;
  const seen = new Uint8Array(newMs.length);
  const isNew = (at: number): boolean => (newMs[at] ?? 0) >= leastMs && seen[at] === 0;
  const regions: Region[] = [];
  for (let start = 0; start < newMs.length; start++) {
    // Nearly all pixels.
    if ((newMs[start] ?? 0) < leastMs || seen[start] === 1) continue;
    seen[start] = 1;
    const pixels = [start];
    // Grows while it is walked through.
    for (const at of pixels) {
      const [x, y] = [at % width, Math.floor(at / width)];
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const next = ny * width + nx;
          if (!isNew(next)) continue;
          seen[next] = 1;
          pixels.push(next);
        }
      }
    }
    regions.push(toRegion(pixels, width));
  }
  return regions;
};

const toRegion = (pixels: readonly number[], width: number): Region => {
  const region = { pixels, left: width, top: Number.POSITIVE_INFINITY, right: 0, bottom: 0 };
  for (const at of pixels) {
    const [x, y] = [at % width, Math.floor(at / width)];
    region.left = Math.min(region.left, x);
    region.top = Math.min(region.top, y);
    region.right = Math.max(region.right, x + 1);
    region.bottom = Math.max(region.bottom, y + 1);
  }
  return region;
};

/** Intersection over union of the boxes, 0–1. */
export const overlapOf = (one: Region, other: Region): number => {
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  if (width <= 0 || height <= 0) return 0;
  const [w1, h1] = sidesOf(one);
  const [w2, h2] = sidesOf(other);
  return (width * height) / (w1 * h1 + w2 * h2 - width * height);
};
