import { FramePacer } from '../times/frame-pacer.ts';
import type { TierPolicy } from './tier-policy.ts';

/** `shed`: wanted, and kept from the detector by overload alone. `passed`: not wanted. */
export type Pick = 'taken' | 'shed' | 'passed';

/** Picks a camera's frames for the detector; every frame that was wanted is either taken or shed. */
export class FramePicker {
  readonly #policy: TierPolicy;
  readonly #wanted = new FramePacer();
  /** Picks among those that are wanted. */
  readonly #allowed = new FramePacer();

  constructor(policy: TierPolicy) {
    this.#policy = policy;
  }

  /** Whether such a frame would be wanted, so that it must be decoded by now. */
  isDue(ptsUs: number, now: number): boolean {
    const { wanted } = this.#policy.rates(now);
    return wanted > 0 ? this.#wanted.isDue(ptsUs, wanted) : this.#policy.isLookDue(now);
  }

  /** What to do with a decoded frame; a yes counts as done. */
  pick(ptsUs: number, now: number): Pick {
    const { wanted, allowed } = this.#policy.rates(now);
    if (wanted > 0 && !this.#wanted.take(ptsUs, wanted)) return 'passed';
    if (allowed > 0) return allowed >= wanted || this.#allowed.take(ptsUs, allowed) ? 'taken' : 'shed';
    if (!this.#policy.takeLook(now)) return wanted > 0 ? 'shed' : 'passed';
    return this.#policy.isUnwatched(now) ? 'shed' : 'taken';
  }

  /** Why a packet that is not decoded is not looked at. */
  reasonOf(ptsUs: number, now: number): 'quiet' | 'shed' {
    const { wanted, allowed } = this.#policy.rates(now);
    return wanted > allowed && this.#wanted.take(ptsUs, wanted) ? 'shed' : 'quiet';
  }
}
