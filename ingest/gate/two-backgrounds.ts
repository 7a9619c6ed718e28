import type { Luma } from './luma-gate.ts';
import { nthSmallest } from './nth-smallest.ts';

/** How fast the short background follows: what stands for some seconds is part of it. */
const shortMs = 6_000;
/** How fast the long one follows where nothing is new: the sun's way, not somebody's who waits. */
const longMs = 300_000;
/** Pictures of which the first long background is the mean. */
const firstPictures = 10;
/** Grey levels, and share of the background's own, by which something new must differ: by night all contrast is less. */
const leastDifference = 6;
const leastShare = 0.06;
/** Where nothing is new any more, what was counted goes back this much faster than it came. */
const forgetFactor = 4;
/** More is not counted: what has gone must be forgotten within seconds, however long it stood. */
const mostNewMs = 16_000;
/** When more of the picture is another than the background, it is the light or the camera's mode. */
const globalShare = 0.5;
/** Every which pixel is asked for how much brighter the picture is as a whole. */
const gainStep = 7;

/** Grey levels by which a pixel must differ from a background of this level. */
export const differenceFrom = (level: number): number => leastDifference + leastShare * level;

/**
 * A camera's picture at two learning rates. What is in the short background and not in the long one is new and stands
 * still (Porikli et al., 2008). Both are held at the brightness of the present picture.
 */
export class TwoBackgrounds {
  readonly width: number;
  readonly height: number;
  readonly short: Float32Array;
  readonly long: Float32Array;
  /** For how long each pixel has been new and still, in milliseconds, up to 16 s. */
  readonly newMs: Uint16Array;
  /** Pixels that the long background does not learn: somebody is waiting to see whether they stay new. */
  readonly kept: Uint8Array;
  #pictures = 1;
  #wasGlobal = false;
  #longestNewMs = 0;

  constructor({ width, height, pixels }: Luma) {
    this.width = width;
    this.height = height;
    this.short = Float32Array.from(pixels);
    this.long = Float32Array.from(pixels);
    this.newMs = new Uint16Array(pixels.length);
    this.kept = new Uint8Array(pixels.length);
  }

  /** For how long the pixel that has been so for longest has been new and still, or longer: it may have been absorbed. */
  get longestNewMs(): number {
    return this.#longestNewMs;
  }

  /** Learns one picture. `global`: all of it is another, and was in the picture before, so that it began anew. */
  learn(pixels: Uint8Array, gapMs: number): 'learned' | 'passed' | 'global' {
    const gain = this.#gainOf(pixels);
    if (this.#countDifferent(pixels, gain) > globalShare * pixels.length) {
      const isLasting = this.#wasGlobal;
      this.#wasGlobal = !isLasting;
      if (isLasting) this.#restart(pixels);
      else this.#brighten(gain);
      // Lightning and headlights pass.
      return isLasting ? 'global' : 'passed';
    }
    this.#wasGlobal = false;
    this.#learn(pixels, gain, gapMs);
    this.#pictures++;
    return 'learned';
  }

  /** From here on a pixel's present look is its background. */
  absorb(at: number): void {
    this.long[at] = this.short[at] ?? 0;
    this.newMs[at] = 0;
    this.kept[at] = 0;
  }

  /** From here on a pixel is new over a background of this level, and has been for `ms`. */
  uncover(at: number, level: number, ms: number): void {
    this.long[at] = level;
    this.newMs[at] = ms;
    this.#longestNewMs = Math.max(this.#longestNewMs, ms);
  }

  // These run over every pixel of every keyframe of a camera: plain loops over locals, without what rounds or allocates.

  /** Brightens both backgrounds by `gain` and learns the picture, in one pass. */
  #learn(pixels: Uint8Array, gain: number, gapMs: number): void {
    const { short, long, newMs, kept } = this;
    const offset = gain - 1;
    const shortRate = 1 - Math.exp(-gapMs / shortMs);
    const isFirst = this.#pictures < firstPictures;
    const longRate = isFirst ? 1 / (this.#pictures + 1) : 1 - Math.exp(-gapMs / longMs);
    let longest = 0;
    for (let at = 0; at < pixels.length; at++) {
      const pixel = pixels[at] ?? 0;
      const background = Math.min((long[at] ?? 0) * gain + offset, 255);
      const limit = differenceFrom(background);
      const shortBefore = Math.min((short[at] ?? 0) * gain + offset, 255);
      const sudden = pixel - shortBefore;
      const still = shortBefore + shortRate * sudden;
      short[at] = still;
      const before = newMs[at] ?? 0;
      const isNew = still - background > limit || background - still > limit;
      // Of nearly all pixels neither.
      if (isNew || before > 0) {
        let now = before;
        if (!isNew) now = Math.max(0, before - forgetFactor * gapMs);
        else if (sudden <= limit && -sudden <= limit) now = Math.min(mostNewMs, before + gapMs);
        newMs[at] = now;
        if (now > longest) longest = now;
      }
      if (kept[at] === 1) {
        long[at] = background;
        continue;
      }
      const difference = pixel - background;
      // What passes by moves the background no further than what just could belong to it.
      const step = isFirst ? difference : Math.max(-limit, Math.min(limit, difference));
      long[at] = background + longRate * step;
    }
    this.#longestNewMs = longest;
  }

  /** How much brighter the picture is than the background, in the median of its pixels: a cloud, an exposure step. */
  #gainOf(pixels: Uint8Array): number {
    const { long } = this;
    const ratios = new Float64Array(Math.ceil(pixels.length / gainStep));
    for (let index = 0, at = 0; at < pixels.length; at += gainStep) {
      ratios[index++] = ((pixels[at] ?? 0) + 1) / ((long[at] ?? 0) + 1);
    }
    return nthSmallest(ratios, ratios.length >> 1) ?? 1;
  }

  /** How many pixels are another than the long background, were that brighter by `gain`. */
  #countDifferent(pixels: Uint8Array, gain: number): number {
    const { long } = this;
    const offset = gain - 1;
    let different = 0;
    for (let at = 0; at < long.length; at++) {
      const background = Math.min((long[at] ?? 0) * gain + offset, 255);
      if (Math.abs((pixels[at] ?? 0) - background) > differenceFrom(background)) different++;
    }
    return different;
  }

  #brighten(gain: number): void {
    const offset = gain - 1;
    for (const background of [this.short, this.long]) {
      for (let at = 0; at < background.length; at++) {
        background[at] = Math.min((background[at] ?? 0) * gain + offset, 255);
      }
    }
  }

  #restart(pixels: Uint8Array): void {
    this.short.set(pixels);
    this.long.set(pixels);
    this.newMs.fill(0);
    this.#longestNewMs = 0;
    this.#pictures = 1;
  }
}
