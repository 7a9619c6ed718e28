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

interface Comparison {
  /** How much brighter the picture is than the background, taken away before the blocks are judged. */
  shift: number;
  /** Mean absolute difference of each block. */
  differences: Float64Array;
}

const medianOf = (values: Float64Array): number => Float64Array.from(values).sort()[values.length >> 1] ?? 0;

/**
 * Finds changes against a running background. Most blocks decide how much brighter the picture is as a whole, so that
 * a cloud or an exposure step is no change; each block knows its own restlessness, so that a tree is one for a while only.
 */
export class LumaGate {
  #width = 0;
  #height = 0;
  #background = new Float32Array(0);
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
    const { shift, differences } = this.#compare(pixels);
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
    this.#learn(pixels, shift, differences, changed);
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

  #compare(pixels: Uint8Array): Comparison {
    const shift = medianOf(this.#meansOf((at) => (pixels[at] ?? 0) - (this.#background[at] ?? 0)));
    const differences = this.#meansOf((at) =>
      Math.abs((pixels[at] ?? 0) - (this.#background[at] ?? 0) - shift),
    );
    return { shift, differences };
  }

  /** The mean of a value over the pixels of each block. */
  #meansOf(valueAt: (at: number) => number): Float64Array {
    const sums = new Float64Array(this.#sizes.length);
    for (let at = 0; at < this.#blockOf.length; at++) {
      const block = this.#blockOf[at] ?? 0;
      sums[block] = (sums[block] ?? 0) + valueAt(at);
    }
    return sums.map((sum, block) => sum / (this.#sizes[block] ?? 1));
  }

  #learnNoise(differences: Float64Array, rate: number): void {
    for (const [block, difference] of differences.entries()) {
      const before = this.#noise[block] ?? startNoise;
      this.#noise[block] = Math.min(maxNoise, before + rate * (difference - before));
    }
  }

  #learn(pixels: Uint8Array, shift: number, differences: Float64Array, changed: Uint8Array): void {
    this.#learnNoise(differences, noiseRate);
    for (let at = 0; at < this.#background.length; at++) {
      const rate = changed[this.#blockOf[at] ?? 0] ? changedRate : quietRate;
      const before = (this.#background[at] ?? 0) + shift;
      this.#background[at] = before + rate * ((pixels[at] ?? 0) - before);
    }
  }
}
