import type { Clock } from '../../core/runtime/clock.ts';
import type { Luma } from './luma-gate.ts';
import { measurePicture, type PictureFeatures } from './picture-features.ts';
import { PictureNormal } from './picture-normal.ts';
import { type JudgedPicture, type PictureSign, pictureSigns, sharpnessOf, shows } from './picture-signs.ts';

/** What is wrong with a picture, and since when in milliseconds since 1970. */
export interface PictureFault {
  condition: PictureSign;
  since: number;
}

/** One costs 0.18 ms, a look of the gate 0.15 ms and comes every second or two: a sixth of what the gate costs, or less. */
const judgeEveryMs = 15_000;
/** Without a picture for longer than this the one before says nothing of how this one came about. */
const longestGapMs = 60_000;
/**
 * How long a sign must last. Longer than headlights, lightning, somebody who stands before the lens, and the switch to
 * infrared; `frozen` longer than the GOPs of cameras that send what has changed alone.
 */
const lastsMs: Readonly<Record<PictureSign, number>> = {
  frozen: 90_000,
  dark: 60_000,
  covered: 30_000,
  moved: 120_000,
  blurred: 120_000,
};
/** A picture that never was restless may be a drawing or a test card; after half an hour it is one to be told of. */
const stillLastsMs = 30 * 60_000;
/** As long without the sign ends it. */
const clearsMs = 30_000;
/** A camera that looks elsewhere for a day was turned on purpose: that is its scene now. */
const acceptMovedMs = 24 * 3_600_000;
/** Of the blocks with structure, lost within one step. */
const lostAtOnce = { before: 0.5, now: 0.85 };

interface Before {
  pixels: Uint8Array;
  features: PictureFeatures;
  atMs: number;
  lost: number;
}

interface Lasting {
  sinceMs: number;
  /** By the wall clock. */
  since: number;
  seenMs: number;
}

/**
 * 视频质量: judges the pictures that the gate has decoded anyway, four a minute, against how this camera's picture
 * usually is. One for a camera over all its connections.
 */
export class PictureJudge {
  readonly #clock: Pick<Clock, 'now' | 'monotonic'>;
  readonly #signs = new Map<PictureSign, Lasting>();
  #normal = new PictureNormal();
  #size = '';
  #before: Before | undefined;
  #isSuddenlyLost = false;
  #judgeAt = Number.NEGATIVE_INFINITY;
  #fault: PictureFault | undefined;

  constructor(clock: Pick<Clock, 'now' | 'monotonic'>) {
    this.#clock = clock;
  }

  /** What is wrong, if anything is. */
  get fault(): PictureFault | undefined {
    return this.#fault;
  }

  /** To be called with every picture of the gate; most are passed over. */
  look(luma: Luma): void {
    const nowMs = this.#clock.monotonic();
    if (nowMs < this.#judgeAt) return;
    this.#judgeAt = nowMs + judgeEveryMs;
    this.#noteSize(luma);
    const features = measurePicture(luma);
    const before = this.#before;
    const lost = this.#normal.lostOf(features);
    this.#before = { pixels: Uint8Array.from(luma.pixels), features, atMs: nowMs, lost };
    if (!before || nowMs - before.atMs > longestGapMs) return;
    this.#isSuddenlyLost =
      lost >= lostAtOnce.now && (this.#isSuddenlyLost || before.lost < lostAtOnce.before);
    this.#judge(
      {
        features,
        edgesBefore: before.features.edges,
        changedShare: changedShareOf(luma.pixels, before.pixels),
        isSuddenlyLost: this.#isSuddenlyLost,
      },
      nowMs,
    );
  }

  #judge(picture: JudgedPicture, nowMs: number): void {
    for (const sign of pictureSigns) {
      if (shows(sign, picture, this.#normal, this.#fault?.condition === sign)) this.#note(sign, nowMs);
      else if (nowMs - (this.#signs.get(sign)?.seenMs ?? nowMs) >= clearsMs) this.#signs.delete(sign);
    }
    this.#fault = this.#worst(nowMs);
    if (this.#signs.size === 0) this.#learn(picture);
    this.#acceptMoved(nowMs);
  }

  #note(sign: PictureSign, nowMs: number): void {
    const { sinceMs, since } = this.#signs.get(sign) ?? { sinceMs: nowMs, since: this.#clock.now() };
    this.#signs.set(sign, { sinceMs, since, seenMs: nowMs });
  }

  #worst(nowMs: number): PictureFault | undefined {
    const condition = pictureSigns.find((sign) => {
      const lasting = this.#signs.get(sign);
      // Seen in the latest picture, or reported and not yet over.
      const counts = lasting && (lasting.seenMs === nowMs || this.#fault?.condition === sign);
      return counts && lasting.seenMs - lasting.sinceMs >= this.#lastsMs(sign);
    });
    const since = condition && this.#signs.get(condition)?.since;
    return condition && since !== undefined ? { condition, since } : undefined;
  }

  #lastsMs(sign: PictureSign): number {
    return sign === 'frozen' && !this.#normal.isRestless ? stillLastsMs : lastsMs[sign];
  }

  #learn({ features, changedShare }: JudgedPicture): void {
    this.#normal.learn(features, sharpnessOf(features));
    this.#normal.learnRestlessness(changedShare);
  }

  #acceptMoved(nowMs: number): void {
    const moved = this.#signs.get('moved');
    const isSettled = moved && this.#fault?.condition === 'moved' && nowMs - moved.sinceMs >= acceptMovedMs;
    if (!isSettled) return;
    this.#normal.forgetScene();
    this.#signs.delete('moved');
  }

  /** A stream of another size is another picture. */
  #noteSize({ width, height }: Luma): void {
    const size = `${width}x${height}`;
    if (size === this.#size) return;
    this.#size = size;
    this.#normal = new PictureNormal();
    this.#before = undefined;
    this.#signs.clear();
    this.#fault = undefined;
  }
}

const changedShareOf = (pixels: Uint8Array, before: Uint8Array): number => {
  let changed = 0;
  for (let at = 0; at < pixels.length; at++) if (pixels[at] !== before[at]) changed++;
  return changed / Math.max(1, pixels.length);
};
