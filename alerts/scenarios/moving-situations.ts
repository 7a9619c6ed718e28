import type { Box } from '../../core/schema/geometry.ts';
import { Absence } from './absence.ts';
import type { Followed } from './follower.ts';
import { centreDistance } from './geometry.ts';
import type { Scene } from './scene.ts';
import type { Alerting, Finding, Ongoing } from './watch.ts';

/** Nobody looked for longer than this: what moved is gone. */
const resumeWindowMs = 60_000;
/** An object that was lost may be found again this many of its own sizes from there, as another one. */
const foundSizes = 2;

interface Open {
  /** What it was alerted to as; nothing once it was lost, and after a restart. */
  object: object | undefined;
  box: Box | undefined;
  situation: Ongoing;
  absence: Absence;
}

/** One situation for each thing that moves: it goes on while that is in sight, and ends when it was not for a while. */
export class MovingSituations {
  readonly #alerting: Alerting;
  readonly #clearAfterMs: number;
  #all: Open[] = [];

  constructor(alerting: Alerting, clearAfterMs: number) {
    this.#alerting = alerting;
    this.#clearAfterMs = clearAfterMs;
  }

  get areOpen(): boolean {
    return this.#all.length > 0;
  }

  get ongoing(): readonly Ongoing[] {
    return this.#all.map(({ situation }) => situation);
  }

  /** These are in sight. Ends what was not for long enough. */
  look(objects: readonly Followed<unknown>[], scene: Scene): void {
    if (scene.isBroken) this.expire(scene.gapMs);
    for (const open of this.#all) {
      const object = objects.find((seen) => seen === open.object);
      if (object) hold(open, object, scene);
      else open.absence.note(scene);
    }
    const isOver = ({ absence }: Open): boolean => absence.hasLasted(this.#clearAfterMs);
    for (const { situation } of this.#all.filter(isOver)) this.#alerting.end(situation);
    this.#all = this.#all.filter((open) => !isOver(open));
  }

  /** Alerts to an object, unless that was done before: to itself, or to what was lost where it is now. */
  begin(object: Followed<unknown>, finding: Finding, scene: Scene): void {
    if (this.#all.some((open) => open.object === object)) return;
    const lost = this.#all.find((open) => open.absence.hasLasted(0) && isNear(open.box, object.track.box));
    if (lost) {
      hold(lost, object, scene);
      return;
    }
    const situation = this.#alerting.raise(finding, scene);
    if (situation) this.#all.push({ object, box: object.track.box, situation, absence: new Absence() });
  }

  resume(situation: Ongoing): void {
    this.#all.push({ object: undefined, box: situation.box, situation, absence: new Absence() });
  }

  expire(unseenMs: number): void {
    if (unseenMs > resumeWindowMs) this.end();
  }

  end(): void {
    for (const { situation } of this.#all) this.#alerting.end(situation);
    this.#all = [];
  }
}

const hold = (open: Open, object: Followed<unknown>, scene: Scene): void => {
  open.object = object;
  open.box = object.track.box;
  open.situation.heldUntil = Math.max(Math.round(scene.frame.capturedAt), open.situation.startedAt);
  open.absence.end();
};

const isNear = (lost: Box | undefined, box: Box): boolean =>
  lost !== undefined && centreDistance(lost, box) <= foundSizes * Math.max(lost.w, lost.h, box.w, box.h);
