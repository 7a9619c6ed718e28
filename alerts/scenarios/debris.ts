import type { Box, Polygon } from '../../core/schema/geometry.ts';
import type { PictureFacts } from '../../core/stages.ts';
import { DebrisItem } from './debris-item.ts';
import type { WatchExplanation } from './explain.ts';
import { explainDwell } from './explain.ts';
import { clipBox, footPoint, isInside } from './geometry.ts';
import { capturedAtOf, type Scene } from './scene.ts';
import type { Alerting, Ongoing } from './watch.ts';

export interface DebrisOptions {
  zone: Polygon;
  limitDwellMs: number;
  clearAfterMs: number;
  /** Share of the picture's height. */
  minSize: number;
  alerting: Alerting;
}

/** The longest that one picture can say something of: what was not seen for longer is not known to be absent. */
const longestStepMs = 10_000;
/** Pictures of longer ago say nothing of now. */
const staleMs = 30_000;
/** A dormant camera is looked at every 15 s: frames are asked for before that would make an alert late. */
const wakeBeforeMs = 20_000;
/** What is not alerted to so long after its dwell may wait for the frames that come anyway. */
const lateMs = 10_000;
const maxItems = 64;

/** 遗撒: what lies on the roadway, was not there before, and is nothing that the detector knows. */
export class Debris {
  readonly #options: DebrisOptions;
  #items: DebrisItem[] = [];
  #facts: PictureFacts | undefined;

  constructor(options: DebrisOptions) {
    this.#options = options;
  }

  /** Takes what a picture says; pictures of one camera come in order. */
  notePicture(facts: PictureFacts): void {
    const before = this.#facts;
    this.#facts = facts;
    const passedMs = before ? (facts.ptsUs - before.ptsUs) / 1000 : 0;
    if (!before || facts.learnedMs < before.learnedMs) this.#bury();
    const held = new Set<DebrisItem>();
    for (const { box, stillMs, size } of facts.still) {
      if (size < this.#options.minSize || !isInside(footPoint(box), this.#options.zone)) continue;
      const item = this.#items.find((known) => !held.has(known) && known.isAt(box)) ?? this.#admit(box);
      if (!item) continue;
      item.hold(box, stillMs);
      held.add(item);
    }
    this.#items = this.#items.filter((item) => held.has(item) || this.#isKept(item, facts, passedMs));
  }

  /** Looks at a frame of the detector; `mayAlert`: the scenario is on duty and nothing speaks against it. */
  look(scene: Scene, mayAlert: boolean): boolean {
    const isStale = !this.#facts || scene.frame.receivedAt - this.#facts.receivedAt > staleMs;
    for (const item of this.#items) {
      item.look(scene);
      if (item.situation && item.isPresent) {
        const heldUntil = Math.max(Math.round(scene.frame.capturedAt), item.situation.startedAt);
        item.situation.heldUntil = heldUntil;
      } else if (mayAlert && !isStale) this.#alertTo(item, scene);
    }
    return mayAlert && !isStale && this.dueInMs() < wakeBeforeMs;
  }

  dueInMs(): number {
    const { limitDwellMs } = this.#options;
    const lacks = this.#pending
      .map(({ dwellMs }) => limitDwellMs - dwellMs)
      .filter((lackMs) => lackMs > -lateMs);
    return Math.max(0, Math.min(...lacks, Number.POSITIVE_INFINITY));
  }

  resume(situation: Ongoing & { spot: Box }): void {
    this.#items.push(new DebrisItem(situation.spot, situation));
  }

  endAll(): void {
    for (const situation of this.ongoing()) this.#options.alerting.end(situation);
    this.#items = [];
  }

  ongoing(): readonly Ongoing[] {
    return this.#items.flatMap(({ situation }) => situation ?? []);
  }

  /** How near that is to an alert which has lain there longest; nothing when nothing does. */
  explain(): WatchExplanation | undefined {
    const [first] = this.#pending.sort((a, b) => b.dwellMs - a.dwellMs);
    return (
      first && explainDwell({ haveMs: first.dwellMs, needMs: this.#options.limitDwellMs }, first.isUnknown)
    );
  }

  get #pending(): DebrisItem[] {
    return this.#items.filter(({ situation, isPresent }) => !situation && isPresent);
  }

  /** The background has begun anew: only what was alerted to is still remembered. */
  #bury(): void {
    this.#items = this.#items.filter(({ situation }) => situation);
    for (const item of this.#items) item.isBuried = true;
  }

  #admit(box: Box): DebrisItem | undefined {
    if (this.#items.length >= maxItems) {
      this.#options.alerting.refuse();
      return undefined;
    }
    const item = new DebrisItem(box);
    this.#items.push(item);
    return item;
  }

  #isKept(item: DebrisItem, { gone }: PictureFacts, passedMs: number): boolean {
    if (!item.situation) return false;
    item.miss(Math.max(0, Math.min(longestStepMs, passedMs)));
    const isOver =
      item.isGoneFor(this.#options.clearAfterMs) || (item.isBuried && gone.some((box) => item.isAt(box)));
    if (isOver) this.#options.alerting.end(item.situation);
    return !isOver;
  }

  #alertTo(item: DebrisItem, scene: Scene): void {
    const { alerting, limitDwellMs } = this.#options;
    const { box, dwellMs, isUnknown, isPresent, situation } = item;
    if (situation || !isPresent || !isUnknown || dwellMs < limitDwellMs) return;
    const facts = { obstacle: 'debris' as const, dwellMs, limitDwellMs, box: clipBox(box) };
    const startedAt = capturedAtOf(scene, scene.now - dwellMs);
    item.situation = alerting.raise({ startedAt, facts, tracks: [] }, scene);
  }
}
