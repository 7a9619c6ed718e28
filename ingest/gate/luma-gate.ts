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

const medianOf = (values: Float64Array): number => Float64Array.from(values).sort()[values.length >> 1] ?? 0;

/**
 * Finds changes against a running background. Most blocks decide how much brighter the picture is as a whole, so that
 * a cloud or an exposure step is no change; each block knows its own restlessness, so that a tree is one for a while only.
 */
export class LumaGate {
  #width = 0;
  #height = 0;
  #background = new Float32Array(0);
  /** Of the picture in hand against the background, pixel by pixel. */
  #difference = new Float32Array(0);
  #noise = new Float32Array(0);
  /** The block of each pixel, and how many pixels each block has. */
  #blockOf = new Uint16Array(0);
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
    const changed = Uint8Array.from(differences, (difference, block) =>
      Number(this.#isChange(difference, block)),
    );
    const changedCount = changed.reduce((sum, isChanged) => sum + isChanged, 0);
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
    this.#difference = new Float32Array(pixels.length);
    this.#blockOf = Uint16Array.from(pixels, (_, at) => {
      const across = Math.ceil(width / blockSize);
      return Math.floor(at / width / blockSize) * across + Math.floor((at % width) / blockSize);
    });
    const count = (this.#blockOf.at(-1) ?? 0) + 1;
    this.#sizes = new Uint16Array(count);
    for (const block of this.#blockOf) this.#sizes[block] = (this.#sizes[block] ?? 0) + 1;
    this.#noise = new Float32Array(count).fill(startNoise);
  }

  #isChange(difference: number, block: number): boolean {
    return difference > Math.max(minDifference, noiseFactor * (this.#noise[block] ?? startNoise));
  }

  // These three run over every pixel of every keyframe of every camera: plain loops over locals, a tenth of closures.

  /** Subtracts the background; gives the mean difference of each block. */
  #subtract(pixels: Uint8Array): Float64Array {
    const [background, difference, blockOf] = [this.#background, this.#difference, this.#blockOf];
    const sums = new Float64Array(this.#sizes.length);
    for (let at = 0; at < difference.length; at++) {
      const block = blockOf[at] ?? 0;
      const value = (pixels[at] ?? 0) - (background[at] ?? 0);
      difference[at] = value;
      sums[block] = (sums[block] ?? 0) + value;
    }
    return this.#toMeans(sums);
  }

  /** The mean absolute difference of each block, but for what all of the picture has in common. */
  #differencesOfBlocks(shift: number): Float64Array {
    const [difference, blockOf] = [this.#difference, this.#blockOf];
    const sums = new Float64Array(this.#sizes.length);
    for (let at = 0; at < difference.length; at++) {
      const block = blockOf[at] ?? 0;
      sums[block] = (sums[block] ?? 0) + Math.abs((difference[at] ?? 0) - shift);
    }
    return this.#toMeans(sums);
  }

  #learnBackground(shift: number, changed: Uint8Array): void {
    const [background, difference, blockOf] = [this.#background, this.#difference, this.#blockOf];
    const rates = Float32Array.from(changed, (isChanged) => (isChanged ? changedRate : quietRate));
    for (let at = 0; at < difference.length; at++) {
      const rate = rates[blockOf[at] ?? 0] ?? quietRate;
      background[at] = (background[at] ?? 0) + shift + rate * ((difference[at] ?? 0) - shift);
    }
  }

  #toMeans(sums: Float64Array): Float64Array {
    return sums.map((sum, block) => sum / (this.#sizes[block] ?? 1));
  }

  #learnNoise(differences: Float64Array, rate: number): void {
    for (const [block, difference] of differences.entries()) {
      const before = this.#noise[block] ?? startNoise;
      this.#noise[block] = Math.min(maxNoise, before + rate * (difference - before));
    }
  }
}
