import type { Luma } from './luma-gate.ts';

/** Pixels along an edge of the squares whose structure is measured on its own. */
const blockSize = 8;
/** Pixels along an edge of the cells whose edges are compared: a camera that shakes in the wind moves less. */
export const cellSize = 2;
/** Over how many pixels the coarse structure is taken: what a blurred picture still has. */
const coarseStep = 4;
const tailShare = 0.02;

/** What of one picture says how good it is. All in grey levels of 256 but for ratios. */
export interface PictureFeatures {
  mean: number;
  /** Between the darkest and the brightest fiftieth of the picture. */
  spread: number;
  /** Root mean square of differences over one and over four pixels. */
  fine: number;
  coarse: number;
  /** Root mean square of differences over one pixel, for each block. */
  blocks: Float32Array;
  /**
   * How strong the edges of each cell are, row by row. The root of them: without it a few lamps would outweigh the
   * scene.
   */
  edges: Float32Array;
}

/** Measures a picture. Plain loops over locals: this runs for every camera. */
export const measurePicture = (luma: Luma): PictureFeatures => {
  const { mean, spread } = levelsOf(luma);
  return { mean, spread, ...structureOf(luma) };
};

const levelsOf = ({ pixels }: Luma): Pick<PictureFeatures, 'mean' | 'spread'> => {
  const histogram = new Uint32Array(256);
  let sum = 0;
  for (let at = 0; at < pixels.length; at++) {
    const level = pixels[at] ?? 0;
    sum += level;
    histogram[level] = (histogram[level] ?? 0) + 1;
  }
  const levelAt = (share: number): number => {
    let left = share * pixels.length;
    return histogram.findIndex((count) => {
      left -= count;
      return left < 0;
    });
  };
  return { mean: sum / pixels.length, spread: levelAt(1 - tailShare) - levelAt(tailShare) };
};

const structureOf = ({
  width,
  height,
  pixels,
}: Luma): Pick<PictureFeatures, 'fine' | 'coarse' | 'blocks' | 'edges'> => {
  const blocksAcross = Math.ceil(width / blockSize);
  const cellsAcross = Math.floor(width / cellSize);
  const cellsDown = Math.floor(height / cellSize);
  const blocks = new Float32Array(blocksAcross * Math.ceil(height / blockSize));
  const counts = new Uint16Array(blocks.length);
  const edges = new Float32Array(cellsAcross * cellsDown);
  let [fine, coarse, coarseCount] = [0, 0, 0];
  for (let y = 0; y < height - 1; y++) {
    for (let x = 0; x < width - 1; x++) {
      const at = y * width + x;
      const level = pixels[at] ?? 0;
      const across = (pixels[at + 1] ?? 0) - level;
      const down = (pixels[at + width] ?? 0) - level;
      const energy = across * across + down * down;
      fine += energy;
      const block = Math.floor(y / blockSize) * blocksAcross + Math.floor(x / blockSize);
      blocks[block] = (blocks[block] ?? 0) + energy;
      counts[block] = (counts[block] ?? 0) + 1;
      const [cellX, cellY] = [x >> 1, y >> 1];
      if (cellX < cellsAcross && cellY < cellsDown) {
        const cell = cellY * cellsAcross + cellX;
        edges[cell] = (edges[cell] ?? 0) + energy;
      }
      if (x + coarseStep >= width || y + coarseStep >= height) continue;
      const farAcross = (pixels[at + coarseStep] ?? 0) - level;
      const farDown = (pixels[at + coarseStep * width] ?? 0) - level;
      coarse += farAcross * farAcross + farDown * farDown;
      coarseCount++;
    }
  }
  const count = (width - 1) * (height - 1);
  return {
    fine: Math.sqrt(fine / Math.max(1, count)),
    coarse: Math.sqrt(coarse / Math.max(1, coarseCount)),
    blocks: blocks.map((energy, block) => Math.sqrt(energy / Math.max(1, counts[block] ?? 1))),
    // The fourth root of the energy is the root of the strength.
    edges: edges.map((energy) => Math.sqrt(Math.sqrt(energy))),
  };
};

/** Pearson's correlation of two maps of edges, −1 to 1; 0 where one of them has none. */
export const correlationOf = (one: Float32Array, other: Float32Array): number => {
  const count = one.length;
  let [sumOne, sumOther, squaresOne, squaresOther, products] = [0, 0, 0, 0, 0];
  for (let at = 0; at < count; at++) {
    const [a, b] = [one[at] ?? 0, other[at] ?? 0];
    sumOne += a;
    sumOther += b;
    squaresOne += a * a;
    squaresOther += b * b;
    products += a * b;
  }
  const spread = (squaresOne - sumOne ** 2 / count) * (squaresOther - sumOther ** 2 / count);
  return spread > 0 ? (products - (sumOne * sumOther) / count) / Math.sqrt(spread) : 0;
};
