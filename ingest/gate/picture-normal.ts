import type { PictureFeatures } from './picture-features.ts';

/** Pictures before anything is held against a camera's normal: three minutes. */
const enoughPictures = 12;
/** A picture's weight in the long run: the last eight hours count, at four a minute. */
const leastRate = 1 / 2_000;
/** Grey levels of a band of brightness: sharpness is compared with that at similar light. */
const bandLevels = 64;
/** A block with less structure than this shows sky or a bare wall: whether that is covered nobody can say. */
const structured = 4;
/** Where fewer of the blocks show anything, a lost one says nothing. */
const leastStructuredShare = 0.1;
/** A block has lost its structure when this share of it, or fewer grey levels, are left. */
const lostShare = 0.25;
const lostLevels = 2;
/** A stream without noise (a test card, a drawing) changes by less while all is well. */
const leastRestlessness = 0.02;
/** The restlessness that is exceeded in nine pictures of ten rises and sinks by these at each. */
const restlessUp = 1.01;
const restlessDown = 0.91;

const blend = (into: Float32Array, values: Float32Array, rate: number): void => {
  for (let at = 0; at < into.length; at++) {
    into[at] = (into[at] ?? 0) + rate * ((values[at] ?? 0) - (into[at] ?? 0));
  }
};

/** How a camera's picture usually is, learned while nothing is wrong with it. */
export class PictureNormal {
  #count = 0;
  #edges = new Float32Array(0);
  #blocks = new Float32Array(0);
  readonly #sharpness = new Map<number, { count: number; mean: number }>();
  /** Share of pixels that differ from one picture to the next, at the least. */
  #restlessness: number | undefined;

  /** Enough was learned to hold something against it. */
  get isKnown(): boolean {
    return this.#count >= enoughPictures;
  }

  /** Of the scene. */
  get edges(): Float32Array {
    return this.#edges;
  }

  /** Pictures differ also where nothing happens: sensor and encoder are never quite still. */
  get isRestless(): boolean {
    return (this.#restlessness ?? 0) >= leastRestlessness;
  }

  /** Sharpness at this brightness; nothing where too little was seen of it. */
  sharpnessAt(mean: number): number | undefined {
    const band = this.#sharpness.get(bandOf(mean));
    return band && band.count >= enoughPictures ? band.mean : undefined;
  }

  /** Share (0–1) of the blocks which had structure that have none now; 0 where the scene has too little of it. */
  lostOf({ blocks }: PictureFeatures): number {
    let [had, lost] = [0, 0];
    for (const [block, usual] of this.#blocks.entries()) {
      if (usual < structured) continue;
      had++;
      if ((blocks[block] ?? 0) < Math.max(lostLevels, lostShare * usual)) lost++;
    }
    return had > leastStructuredShare * this.#blocks.length ? lost / had : 0;
  }

  learn(features: PictureFeatures, sharpness: number): void {
    if (this.#count === 0) {
      this.#edges = Float32Array.from(features.edges);
      this.#blocks = Float32Array.from(features.blocks);
    }
    this.#count++;
    const rate = Math.max(1 / this.#count, leastRate);
    blend(this.#edges, features.edges, rate);
    blend(this.#blocks, features.blocks, rate);
    this.#learnSharpness(features.mean, sharpness);
  }

  learnRestlessness(changedShare: number): void {
    const before = this.#restlessness ?? changedShare;
    this.#restlessness = Math.min(1, before * (changedShare < before ? restlessDown : restlessUp));
  }

  /** Where the camera looks now is where it looks from here on. */
  forgetScene(): void {
    this.#count = 0;
  }

  #learnSharpness(mean: number, sharpness: number): void {
    const band = this.#sharpness.get(bandOf(mean)) ?? { count: 0, mean: sharpness };
    band.count++;
    band.mean += Math.max(1 / band.count, leastRate) * (sharpness - band.mean);
    this.#sharpness.set(bandOf(mean), band);
  }
}

const bandOf = (mean: number): number => Math.floor(mean / bandLevels);
