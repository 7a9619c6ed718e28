import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../core/runtime/clock.ts';
import type { Picture, VideoDecoder } from '../decode/video-decoder.ts';
import type { FramePicker } from '../gate/frame-picker.ts';
import type { LumaGate } from '../gate/luma-gate.ts';
import type { TierPolicy } from '../gate/tier-policy.ts';
import type { PacketRing, RingPacket } from '../ring/packet-ring.ts';
import type { CaptureClock } from '../times/capture-clock.ts';
import type { GopMeter } from '../times/gop-meter.ts';
import type { CameraTally } from './camera-tally.ts';
import type { FrameHandover } from './frame-handover.ts';

export interface PicturePathDeps<P extends { free(): void }> {
  clock: Clock;
  decoder: VideoDecoder<P>;
  ring: PacketRing<P>;
  policy: TierPolicy;
  gate: LumaGate;
  picker: FramePicker;
  handover: FrameHandover;
  tally: CameraTally;
  captureClock: CaptureClock;
  gop: GopMeter;
  /** The number of this connection. */
  session: number;
}

/** A picture that is older than this when its turn comes says nothing of now. */
const maxAgeMs = 2_000;
/** Catching up lets the other cameras of the thread have a turn this often. */
const turnMs = 20;

/** Takes each packet into the ring and decodes as much of the stream as its tier earns. */
export class PicturePath<P extends { free(): void }> {
  readonly #deps: PicturePathDeps<P>;
  /** The decoder has seen every packet since the last keyframe. */
  #isWarm = false;
  #isCatchingUp = false;
  #lastGoodAt: number | undefined;

  constructor(deps: PicturePathDeps<P>) {
    this.#deps = deps;
  }

  /** When this session last decoded a good frame, by the monotonic clock. */
  get lastGoodAt(): number | undefined {
    return this.#lastGoodAt;
  }

  /** Owns the packet from now on. Resolves at once unless it has to catch up with the open GOP. */
  async take(entry: RingPacket<P>, signal: AbortSignal): Promise<void> {
    const { clock, gop, policy, ring } = this.#deps;
    const now = clock.monotonic();
    if (policy.tier(now) === 'dormant' && policy.isKeyframesEnough(gop.seconds)) {
      this.#timed(() => this.#takeDormant(entry, now));
      ring.push(entry);
      return;
    }
    // Before the ring has it: a GOP that outgrows the ring can still be decoded.
    if (this.#isWarm) this.#timed(() => this.#decode(entry));
    const isHeld = ring.push(entry);
    if (!this.#isWarm && isHeld) await this.#catchUp(signal);
  }

  #takeDormant(entry: RingPacket<P>, now: number): void {
    const { decoder, picker, policy, tally } = this.#deps;
    this.#isWarm = false;
    if (!entry.isKeyframe || !policy.isGateDue(now)) {
      tally.dropped[picker.reasonOf(entry.ptsUs, now)]++;
      return;
    }
    const errors = decoder.errors;
    decoder.decodeAlone(entry, (picture) => this.#look(picture));
    tally.decodeErrors += decoder.errors - errors;
  }

  #decode(entry: RingPacket<P>): void {
    const { decoder, tally } = this.#deps;
    const errors = decoder.errors;
    decoder.decode(entry, (picture) => this.#look(picture));
    tally.decodeErrors += decoder.errors - errors;
  }

  /** The decoder knows nothing of the GOP so far; the ring does. */
  async #catchUp(signal: AbortSignal): Promise<void> {
    const { clock, decoder, ring } = this.#deps;
    decoder.reset();
    this.#isCatchingUp = true;
    let turnEndsAt = clock.monotonic() + turnMs;
    for (const entry of ring.openGop()) {
      this.#timed(() => this.#decode(entry));
      if (clock.monotonic() < turnEndsAt) continue;
      await nextTurn();
      if (signal.aborted) return;
      turnEndsAt = clock.monotonic() + turnMs;
    }
    this.#isCatchingUp = false;
    this.#isWarm = true;
  }

  #look(picture: Picture): void {
    const { clock, gate, policy, tally } = this.#deps;
    if (!picture.isGood) {
      tally.decodeErrors++;
      return;
    }
    const now = clock.monotonic();
    this.#lastGoodAt = now;
    tally.lastFrameAt = clock.now();
    if (policy.takeGate(now) && gate.look(picture.toLuma()) === 'changed') policy.changed(now);
    this.#offer(picture, now);
  }

  #offer(picture: Picture, now: number): void {
    const { captureClock, handover, picker, policy, session, tally } = this.#deps;
    const { ptsUs } = picture.times;
    const tier = policy.tier(now);
    const ageMs = captureClock.ageMs(ptsUs, now);
    if (this.#isCatchingUp && ageMs > maxAgeMs) return;
    const pick = picker.pick(ptsUs, now);
    if (pick === 'shed') tally.dropped.shed++;
    if (pick !== 'taken') return;
    if (ageMs > maxAgeMs) {
      tally.dropped.behind++;
      return;
    }
    if (!handover.give(picture, { session, tier, clockQuality: captureClock.quality })) {
      tally.dropped['detector-busy']++;
      return;
    }
    policy.sawFrame(now);
    tally.frame(now);
  }

  #timed(work: () => void): void {
    const { clock, tally } = this.#deps;
    const startedAt = clock.monotonic();
    work();
    const endedAt = clock.monotonic();
    tally.busy(endedAt, endedAt - startedAt);
  }
}
