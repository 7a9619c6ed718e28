import type { Scene } from './scene.ts';

/** Looks without it that make an absence, whatever time they span: one look every 15 s may miss it by chance. */
const minLooks = 3;

/** How long something has not been there: the time between looks that could have shown it, not time that passed unseen. */
export class Absence {
  #looks = 0;
  #lastLookAt = Number.NEGATIVE_INFINITY;
  #watchedMs = 0;

  /** It could have been seen in this look, and was not. */
  note(scene: Scene): void {
    if (scene.isSettling) return;
    // Only from one such look to the very next (half a millisecond is rounding).
    if (scene.now - scene.gapMs - this.#lastLookAt < 0.5) this.#watchedMs += scene.gapMs;
    this.#lastLookAt = scene.now;
    if (!scene.frame.isRepeat) this.#looks++;
  }

  end(): void {
    this.#looks = 0;
    this.#lastLookAt = Number.NEGATIVE_INFINITY;
    this.#watchedMs = 0;
  }

  hasLasted(ms: number): boolean {
    return this.#looks >= minLooks && this.#watchedMs >= ms;
  }
}
