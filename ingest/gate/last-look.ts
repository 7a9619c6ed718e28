import type { Luma } from './luma-gate.ts';
import { nthSmallest } from './nth-smallest.ts';

/** Pixels along an edge of the squares whose mean is compared: those of the gate. */
const blockSize = 8;
/**
 * Grey levels by which a square's mean may differ. Sensor noise at 700 kbit/s moves the restless one of 221 by 1.0 by day and
 * by 1.7 at night; the gate, which compares pixel by pixel, begins at 6.
 */
const mostDifference = 2;
/** One picture in so many is looked at whatever it shows: a detector that missed something may find it. */
const mostRepeats = 3;

/** What is known of the picture that a dormant camera's detector was shown last, so that it need not be shown the same again. */
export class LastLook {
  #means: Float64Array | undefined;
  #isEmpty = false;
  #repeats = 0;
  #mostRepeats: number;

  /** `random`: the first run of repeats is shorter by chance, so that cameras that start together are not looked at together for ever. */
  constructor(random: () => number) {
    this.#mostRepeats = Math.floor(random() * (mostRepeats + 1));
  }

  /** The detector is shown this picture. */
  shown(luma: Luma): void {
    this.#means = meansOf(luma);
    this.#isEmpty = false;
    this.#repeats = 0;
  }

  /** The detector found nothing in it. */
  wasEmpty(): void {
    this.#isEmpty = true;
  }

  /** It has been shown other pictures since. */
  forget(): void {
    this.#means = undefined;
    this.#isEmpty = false;
  }

  /** Whether the detector would find nothing, as in the picture before; a yes counts. */
  repeats(luma: Luma): boolean {
    if (!this.#isEmpty || !this.#means || !isAlike(this.#means, meansOf(luma))) return false;
    if (this.#repeats >= this.#mostRepeats) {
      this.#mostRepeats = mostRepeats;
      return false;
    }
    this.#repeats++;
    return true;
  }
}

/** Mean brightness of each square; those at the right and lower edges may be smaller. */
const meansOf = ({ width, height, pixels }: Luma): Float64Array => {
  const across = Math.ceil(width / blockSize);
  const means = new Float64Array(across * Math.ceil(height / blockSize));
  const counts = new Uint16Array(means.length);
  for (let y = 0, at = 0; y < height; y++) {
    const rowEnd = at + width;
    for (let block = Math.floor(y / blockSize) * across; at < rowEnd; block++) {
      const end = Math.min(at + blockSize, rowEnd);
      counts[block] = (counts[block] ?? 0) + end - at;
      let sum = 0;
      for (; at < end; at++) sum += pixels[at] ?? 0;
      means[block] = (means[block] ?? 0) + sum;
    }
  }
  return means.map((sum, block) => sum / (counts[block] ?? 1));
};

/** But for what all of the picture has in common, as when a cloud comes. */
const isAlike = (before: Float64Array, now: Float64Array): boolean => {
  if (before.length !== now.length) return false;
  const differences = now.map((mean, block) => mean - (before[block] ?? 0));
  const shift = nthSmallest(differences.slice(), differences.length >> 1) ?? 0;
  return differences.every((difference) => Math.abs(difference - shift) <= mostDifference);
};
