import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../core/runtime/clock.ts';
import type { PictureFacts, PictureWish } from '../../core/stages.ts';
import type { PictureTimes } from '../decode/video-decoder.ts';
import type { Luma } from '../gate/luma-gate.ts';
import { type PictureFault, PictureJudge } from '../gate/picture-judge.ts';
import { StillFinder } from '../gate/still-finder.ts';

export interface PictureStudyDeps {
  cameraId: string;
  clock: Clock;
  onFacts: (facts: PictureFacts) => void;
}

/** What a camera's pictures say by themselves: their own health, and what lies still in them where somebody asks for it. */
export class PictureStudy {
  readonly #deps: PictureStudyDeps;
  readonly #judge: PictureJudge;
  #wish: PictureWish | undefined;
  #finder: StillFinder | undefined;

  constructor(deps: PictureStudyDeps) {
    this.#deps = deps;
    this.#judge = new PictureJudge(deps.clock);
  }

  get fault(): PictureFault | undefined {
    return this.#judge.fault;
  }

  /** A changed wish begins to learn anew; without one there is nothing to remember. */
  want(wish: PictureWish | undefined): void {
    if (isDeepStrictEqual(wish, this.#wish)) return;
    this.#wish = wish;
    this.#finder = wish && new StillFinder(wish);
  }

  /** Takes a picture that the gate has looked at. */
  look(luma: Luma, { ptsUs, capturedAt, receivedAt }: PictureTimes): void {
    this.#judge.look(luma);
    // A picture with which something is wrong shows nothing that lies there.
    if (!this.#finder || this.#judge.fault) return;
    const { cameraId, onFacts } = this.#deps;
    onFacts({ cameraId, capturedAt, receivedAt, ptsUs, ...this.#finder.look(luma, ptsUs) });
  }
}
