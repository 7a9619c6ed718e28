import { Absence } from './absence.ts';
import type { Scene } from './scene.ts';
import type { Alerting, Finding, Ongoing } from './watch.ts';

/** Nobody looked for longer than this: whatever is in the zone then is a situation of its own. */
const resumeWindowMs = 5 * 60_000;

/** The one situation a zone can be in: begun by a finding, over when it was clear for long enough. */
export class ZoneSituation {
  readonly #alerting: Alerting;
  readonly #clearAfterMs: number;
  readonly #absence = new Absence();
  #open: Ongoing | undefined;
  #isResumed = false;

  constructor(alerting: Alerting, clearAfterMs: number) {
    this.#alerting = alerting;
    this.#clearAfterMs = clearAfterMs;
  }

  get open(): Ongoing | undefined {
    return this.#open;
  }

  /** Of two situations in one zone the later goes on; the other is over. */
  resume(situation: Ongoing): void {
    const other = this.#open;
    const isLater = !other || situation.startedAt >= other.startedAt;
    this.#open = isLater ? situation : other;
    if (other) this.#alerting.end(isLater ? other : situation);
    this.#isResumed = true;
  }

  /** `isHeld`: what keeps an open situation going is there. `finding`: what begins one is; what it says then updates it. */
  look(scene: Scene, isHeld: boolean, finding: Finding | undefined): void {
    const { capturedAt } = scene.frame;
    if (this.#open) this.expire(this.#isResumed ? capturedAt - this.#open.heldUntil : scene.gapMs);
    this.#isResumed = false;
    if (!this.#open) {
      this.#open = finding && this.#alerting.raise(finding, scene);
      this.#absence.end();
    } else if (isHeld) {
      this.#open.heldUntil = Math.max(Math.round(capturedAt), this.#open.startedAt);
      if (finding) this.#alerting.update(this.#open, finding.facts);
      this.#absence.end();
    } else {
      this.#absence.note(scene);
      if (this.#absence.hasLasted(this.#clearAfterMs)) this.end();
    }
  }

  expire(unseenMs: number): void {
    if (unseenMs > resumeWindowMs) this.end();
  }

  end(): void {
    if (this.#open) this.#alerting.end(this.#open);
    this.#open = undefined;
    this.#absence.end();
  }
}
