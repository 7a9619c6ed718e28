import { nthSmallest } from './nth-smallest.ts';

/** A small grey picture, one byte a pixel, rows without gaps. */
export interface Luma {
  width: number;
  height: number;
  pixels: Uint8Array;
}

/** `started`: there is nothing to compare with yet. `recalibrated`: all of it changed, as by lightning or infrared. */
export type GateVerdict = 'started' | 'quiet' | 'changed' | 'recalibrated';

/** Pixels along an edge of the squares that are judged on their own: a walker 50 m away covers about one. */
const blockSize = 8;
/** Grey levels (of 256) by which a block must differ on average, whatever its noise. */
const minDifference = 6;
/** How many times its usual restlessness a block must exceed. */
const noiseFactor = 3;
/** When more of the blocks change at once, the light or the camera's mode has changed, not the scene. */
const globalShare = 0.6;
/** How fast the background follows where it is quiet, and where it is not: what stands still is part of it in half a minute. */
const quietRate = 0.2;
const changedRate = 0.1;
const noiseRate = 0.05;
const restlessRate = 0.5;
const startNoise = 1;
/** A road that is busy all day must stay a road on which something happens. */
const maxNoise = 4;

let scratch = new Float32Array(0);

/** Where the picture in hand is held against its background, pixel by pixel: the gates of a thread take turns. */
const scratchOf = (pixels: number): Float32Array => {
  if (scratch.length < pixels) scratch = new Float32Array(pixels);
  return scratch;
};

const medianOf = (values: Float64Array): number => nthSmallest(values.slice(), values.length >> 1) ?? 0;

/**
 * Finds changes against a running background. Most blocks decide how much brighter the picture is as a whole, so that
 * a cloud or an exposure step is no change; each block knows its own restlessness, so that a tree is one for a while only.
 */
export class LumaGate {
  #width = 0;
  #height = 0;
  #background = new Float32Array(0);
  #noise = new Float32Array(0);
  /** Blocks side by side; those at the right and lower edges may be smaller. */
  #across = 0;
  /** How many pixels each block has. */
  #sizes = new Uint16Array(0);
  #wasGlobal = false;

  /** Judges one picture and learns from it. */
  look({ width, height, pixels }: Luma): GateVerdict {
    if (width !== this.#width || height !== this.#height) {
      this.#start(width, height, pixels);
      return 'started';
    }
    // How much brighter the picture is as a whole: taken away before the blocks are judged.
    const shift = medianOf(this.#subtract(pixels));
    const differences = this.#differencesOfBlocks(shift);
    const { changed, changedCount } = this.#findChanges(differences);
    if (changedCount > globalShare * changed.length) {
      this.#background.set(pixels);
      // Twice in a row is no switch to infrared but a picture that is restless all over.
      if (this.#wasGlobal) this.#learnNoise(differences, restlessRate);
      this.#wasGlobal = true;
      return 'recalibrated';
    }
    this.#wasGlobal = false;
    this.#learnNoise(differences, noiseRate);
    this.#learnBackground(shift, changed);
    return changedCount > 0 ? 'changed' : 'quiet';
  }

  /** Forgets the scene, as after a reconnect. */
  reset(): void {
    this.#width = 0;
    this.#height = 0;
  }

  #start(width: number, height: number, pixels: Uint8Array): void {
    this.#width = width;
    this.#height = height;
    this.#background = Float32Array.from(pixels);
    this.#across = Math.ceil(width / blockSize);
    const count = this.#across * Math.ceil(height / blockSize);
    this.#sizes = Uint16Array.from({ length: count }, (_, block) => {
      const left = (block % this.#across) * blockSize;
      const top = Math.floor(block / this.#across) * blockSize;
      return Math.min(blockSize, width - left) * Math.min(blockSize, height - top);
    });
    this.#noise = new Float32Array(count).fill(startNoise);
  }

  #findChanges(differences: Float64Array): { changed: Uint8Array; changedCount: number } {
    const changed = new Uint8Array(differences.length);
    let changedCount = 0;
    for (let block = 0; block < differences.length; block++) {
      const limit = Math.max(minDifference, noiseFactor * (this.#noise[block] ?? startNoise));
      if ((differences[block] ?? 0) <= limit) continue;
      changed[block] = 1;
      changedCount++;
    }
    return { changed, changedCount };
  }

  // These three run over every pixel of every keyframe of every camera: plain loops over locals, block by block along a row.

  /** Subtracts the background; gives the mean difference of each block. */
  #subtract(pixels: Uint8Array): Float64Array {
    const [background, difference, width, across] = [
      this.#background,
      scratchOf(pixels.length),
      this.#width,
      this.#across,
    ];
    const sums = new Float64Array(this.#sizes.length);
    for (let y = 0, at = 0; y < this.#height; y++) {
      const rowEnd = at + width;
      for (let block = Math.floor(y / blockSize) * across; at < rowEnd; block++) {
        const end = Math.min(at + blockSize, rowEnd);
        let sum = 0;
        for (; at < end; at++) {
          const value = (pixels[at] ?? 0) - (background[at] ?? 0);
          difference[at] = value;
          sum += value;
        }
        sums[block] = (sums[block] ?? 0) + sum;
      }
    }
    return this.#toMeans(sums);
  }

  /** The mean absolute difference of each block, but for what all of the picture has in common. */
  #differencesOfBlocks(shift: number): Float64Array {
    const [difference, width, across] = [scratchOf(this.#background.length), this.#width, this.#across];
    const sums = new Float64Array(this.#sizes.length);
    for (let y = 0, at = 0; y < this.#height; y++) {
      const rowEnd = at + width;
      for (let block = Math.floor(y / blockSize) * across; at < rowEnd; block++) {
        const end = Math.min(at + blockSize, rowEnd);
        let sum = 0;
        for (; at < end; at++) sum += Math.abs((difference[at] ?? 0) - shift);
        sums[block] = (sums[block] ?? 0) + sum;
      }
    }
    return this.#toMeans(sums);
  }

  #learnBackground(shift: number, changed: Uint8Array): void {
    const [background, difference, width, across] = [
      this.#background,
      scratchOf(this.#background.length),
      this.#width,
      this.#across,
    ];
    for (let y = 0, at = 0; y < this.#height; y++) {
      const rowEnd = at + width;
      for (let block = Math.floor(y / blockSize) * across; at < rowEnd; block++) {
        const end = Math.min(at + blockSize, rowEnd);
        const rate = changed[block] === 1 ? changedRate : quietRate;
        for (; at < end; at++) {
          background[at] = (background[at] ?? 0) + shift + rate * ((difference[at] ?? 0) - shift);
        }
      }
    }
  }

  #toMeans(sums: Float64Array): Float64Array {
    for (let block = 0; block < sums.length; block++) {
      sums[block] = (sums[block] ?? 0) / (this.#sizes[block] ?? 1);
    }
    return sums;
  }

  #learnNoise(differences: Float64Array, rate: number): void {
    for (let block = 0; block < differences.length; block++) {
      const before = this.#noise[block] ?? startNoise;
      this.#noise[block] = Math.min(maxNoise, before + rate * ((differences[block] ?? 0) - before));
    }
  }
}
