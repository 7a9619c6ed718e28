import type { Box } from '../../core/schema/geometry.ts';
import type { PictureFacts, PictureWish } from '../../core/stages.ts';
import type { Luma } from './luma-gate.ts';
import { kindOf } from './region-kind.ts';
import { findRegions, overlapOf, type Region, sidesOf } from './still-regions.ts';
import { differenceFrom, TwoBackgrounds } from './two-backgrounds.ts';

/** New and still for so long before anything is made of it: somebody who only stops has gone on by then. */
const leastStillMs = 8_000;
/** It is looked at for so long before it is told of: at first the short background still holds who brought it. */
const settleMs = 20_000;
/** A larger part of the picture is no thing that lies there: rain, snow, a lamp. */
const mostAreaShare = 0.12;
/** Of its box that a thing fills: less is a crack, a wire, a shadow's edge. */
const leastFill = 0.35;
/** Boxes that overlap less than with the first are not the same thing: a shadow grows, a thing does not. */
const sameOverlap = 0.5;
/** Without a picture for longer, what is new is not known to have stood. */
const longestGapMs = 30_000;
/** What has lain there for so long is part of the place. */
const keepMs = 12 * 3_600_000;
/** Of one camera. More at once are leaves or snow. */
const maxThings = 16;
/** Pixels around a thing of which the ground under it is guessed. */
const ringPixels = 3;

type Findings = Pick<PictureFacts, 'still' | 'gone' | 'learnedMs'>;

interface Thing {
  /** As it was first seen. */
  first: Region;
  region: Region;
  stillMs: number;
}

/** Finds what is new in a camera's picture and does not move, by stream time. */
export class StillFinder {
  readonly #wish: PictureWish;
  #backgrounds: TwoBackgrounds | undefined;
  #things: Thing[] = [];
  #lastUs = 0;
  #learnedMs = 0;

  constructor(wish: PictureWish) {
    this.#wish = wish;
  }

  look(luma: Luma, ptsUs: number): Findings {
    const gapMs = (ptsUs - this.#lastUs) / 1000;
    this.#lastUs = ptsUs;
    const backgrounds = this.#backgrounds;
    if (!backgrounds || backgrounds.width !== luma.width || backgrounds.height !== luma.height) {
      this.#backgrounds = new TwoBackgrounds(luma);
      this.#things = [];
      this.#learnedMs = 0;
      return this.#toFindings([], luma);
    }
    // Stream time grows over reconnects; where it does not, nothing has passed.
    const passedMs = Math.max(0, Math.min(gapMs, longestGapMs));
    this.#learnedMs += passedMs;
    const outcome = backgrounds.learn(luma.pixels, passedMs);
    if (outcome === 'global') this.#recover(backgrounds);
    const gone = outcome === 'passed' ? [] : this.#update(backgrounds, passedMs);
    return this.#toFindings(gone, luma);
  }

  /** Takes up what is new, follows what is known, and gives where something has gone. */
  #update(backgrounds: TwoBackgrounds, passedMs: number): Region[] {
    const before = this.#things;
    this.#things = [];
    const gone: Region[] = [];
    for (const region of this.#regions(backgrounds)) {
      const known = before.find(({ first }) => overlapOf(first, region) >= sameOverlap);
      const stillMs = known ? known.stillMs + passedMs : leastStillMs;
      const kind = stillMs < settleMs + passedMs ? kindOf(region, backgrounds) : 'thing';
      if (kind === 'thing' && stillMs < keepMs && this.#things.length < maxThings) {
        this.#things.push({ first: known?.first ?? region, region, stillMs });
      } else {
        for (const at of region.pixels) backgrounds.absorb(at);
        if (kind === 'gone') gone.push(region);
      }
    }
    backgrounds.kept.fill(0);
    for (const { region } of this.#things) for (const at of region.pixels) backgrounds.kept[at] = 1;
    return gone;
  }

  #regions(backgrounds: TwoBackgrounds): Region[] {
    const { width, height } = backgrounds;
    const leastSide = Math.max(2, this.#wish.minSize * height);
    return findRegions(backgrounds, leastStillMs).filter((region) => {
      const [w, h] = sidesOf(region);
      const isLarge = region.pixels.length > mostAreaShare * width * height;
      if (isLarge) for (const at of region.pixels) backgrounds.absorb(at);
      return !isLarge && Math.min(w, h) >= leastSide && region.pixels.length >= leastFill * w * h;
    });
  }

  /** After a switch of the light everything is background; under the things it is guessed from around them. */
  #recover(backgrounds: TwoBackgrounds): void {
    for (const { region } of this.#things) {
      const level = levelAround(region, backgrounds);
      for (const at of region.pixels) {
        const isVisible = Math.abs((backgrounds.short[at] ?? 0) - level) > differenceFrom(level);
        if (isVisible) backgrounds.uncover(at, level, leastStillMs);
      }
    }
  }

  #toFindings(gone: readonly Region[], luma: Luma): Findings {
    return {
      still: this.#things
        .filter(({ stillMs }) => stillMs >= settleMs)
        .map(({ region, stillMs }) => ({
          box: toBox(region, luma),
          stillMs: Math.round(stillMs),
          size: Math.min(...sidesOf(region)) / luma.height,
        })),
      gone: gone.map((region) => toBox(region, luma)),
      learnedMs: Math.round(this.#learnedMs),
    };
  }
}

const toBox = (region: Region, { width, height }: Luma): Box => {
  const [w, h] = sidesOf(region);
  return { x: region.left / width, y: region.top / height, w: w / width, h: h / height };
};

/** The mean level of what lies around a region. */
const levelAround = (region: Region, { width, height, short }: TwoBackgrounds): number => {
  let [sum, count] = [0, 0];
  for (let y = region.top - ringPixels; y < region.bottom + ringPixels; y++) {
    for (let x = region.left - ringPixels; x < region.right + ringPixels; x++) {
      const isInside = x >= region.left && x < region.right && y >= region.top && y < region.bottom;
      if (isInside || x < 0 || y < 0 || x >= width || y >= height) continue;
      sum += short[y * width + x] ?? 0;
      count++;
    }
  }
  return sum / Math.max(1, count);
};
