import { foldAlerts } from '../../core/alert-fold.ts';
import type { AlertEvent } from '../../core/schema/alert.ts';
import type { Scenario } from '../../core/schema/scenario.ts';
import { Rehearsal, type Sketch } from '../../test/fixtures/alerts/rehearsal.ts';
import type { SeededRandom } from '../../test/fixtures/inference/seeded-random.ts';

type Script = (second: number) => readonly Sketch[];

const missShare = 0.15;
const busyFps = 3;
const quietFps = 0.5;

/**
 * A camera, its tracker and its worker as they are: detections are missed, boxes tremble, ids change, something stands
 * before the lens, the stream is cut, the camera's clock is set, and the worker is killed or its camera handed over.
 */
export class NoisyCamera {
  readonly #random: SeededRandom;
  readonly #scenario: Scenario;
  readonly #events: AlertEvent[] = [];
  #stage: Rehearsal;
  /** Which of its track's ids an object has now, and since when. */
  #identity = 0;
  #identifiedAt = 0;
  #isAfterBreak = false;

  constructor(scenario: Scenario, random: SeededRandom) {
    this.#scenario = scenario;
    this.#random = random;
    this.#stage = new Rehearsal({ scenarios: [scenario] });
  }

  get events(): readonly AlertEvent[] {
    return [...this.#events, ...this.#stage.log];
  }

  get now(): number {
    return this.#stage.clock.now();
  }

  /** Shows what a script says, troubled now and then. */
  show(seconds: number, script: Script): void {
    const { between } = this.#random;
    this.#identify(0);
    for (let at = 0; at < seconds; ) {
      const slice = Math.min(seconds - at, between(4, 30));
      const from = at;
      this.#stage.play(slice, (second) => this.#spoil(script(from + second), from + second), busyFps);
      at += slice;
      at += this.#trouble(at);
    }
  }

  /** Nothing is there. */
  rest(seconds: number): void {
    this.#stage.play(seconds, () => [], quietFps);
  }

  /** Seconds that go by with it. */
  #trouble(at: number): number {
    const { next, between } = this.#random;
    const chance = next();
    if (chance < 0.4) this.#identify(at);
    if (chance < 0.08) return this.#hide(between(1, 20));
    if (chance < 0.16) return this.#reconnect(between(0.2, 40), at);
    if (chance < 0.22) return this.#restart(between(2, 30), at);
    if (chance < 0.25) this.#stage.cameraClockOffMs = Math.round(between(-7_200_000, 7_200_000));
    return 0;
  }

  #hide(seconds: number): number {
    this.#stage.play(seconds, () => [], busyFps);
    return seconds;
  }

  #reconnect(seconds: number, at: number): number {
    this.#stage.engine.interrupt('gate-1');
    this.#stage.wait(seconds * 1000);
    this.#beginAnew(at + seconds);
    return seconds;
  }

  /** A worker that knows no more than the bus begins where the last one was cut off. */
  #restart(seconds: number, at: number): number {
    const { clock, log, cameraClockOffMs } = this.#stage;
    this.#events.push(...log);
    const messages = this.#events.map((value, index) => ({ value, sequence: index + 1 }));
    const alerts = [...foldAlerts(messages).values()];
    this.#stage = new Rehearsal({
      scenarios: [this.#scenario],
      alerts,
      watchedUntil: clock.now() + cameraClockOffMs,
      startAt: clock.now() + Math.round(seconds * 1000),
      firstAlert: alerts.length,
    });
    this.#stage.cameraClockOffMs = cameraClockOffMs;
    this.#beginAnew(at + seconds);
    return seconds;
  }

  #beginAnew(at: number): void {
    this.#identify(at);
    this.#isAfterBreak = true;
  }

  #identify(at: number): void {
    this.#identity++;
    this.#identifiedAt = at;
    this.#isAfterBreak = false;
  }

  #spoil(sketches: readonly Sketch[], second: number): Sketch[] {
    const { next, between } = this.#random;
    const knownMs = 1 + (second - this.#identifiedAt) * 1000;
    return sketches
      .filter(() => next() >= missShare)
      .map((sketch) => ({
        ...sketch,
        trackId: `${sketch.trackId}-${this.#identity}`,
        ...(sketch.stillMs === undefined ? {} : { stillMs: Math.min(sketch.stillMs, knownMs) }),
        stoodAtStart: this.#isAfterBreak && knownMs < 3000,
        box: {
          x: sketch.box.x + between(-0.008, 0.008),
          y: sketch.box.y + between(-0.008, 0.008),
          w: sketch.box.w * between(0.93, 1.07),
          h: sketch.box.h * between(0.95, 1.05),
        },
      }));
  }
}
