import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../core/runtime/clock.ts';
import type { Decoders, OnPicture, Picture, VideoDecoder } from '../decode/video-decoder.ts';
import type { FramePicker } from '../gate/frame-picker.ts';
import { LastLook } from '../gate/last-look.ts';
import type { LumaGate } from '../gate/luma-gate.ts';
import type { TierHistory } from '../gate/tier-history.ts';
import type { TierPolicy } from '../gate/tier-policy.ts';
import type { EncodedPacket } from '../ring/encoded-packet.ts';
import type { PacketRing } from '../ring/packet-ring.ts';
import type { CaptureClock } from '../times/capture-clock.ts';
import type { GopMeter } from '../times/gop-meter.ts';
import type { CameraTally } from './camera-tally.ts';
import type { FrameHandover } from './frame-handover.ts';
import { PacketBunch } from './packet-bunch.ts';
import type { PictureStudy } from './picture-study.ts';

export interface PicturePathDeps {
  clock: Clock;
  decoders: Decoders;
  ring: PacketRing;
  policy: TierPolicy;
  history: TierHistory;
  gate: LumaGate;
  study: PictureStudy;
  picker: FramePicker;
  handover: FrameHandover;
  tally: CameraTally;
  captureClock: CaptureClock;
  gop: GopMeter;
  /** The number of this connection. */
  session: number;
  random: () => number;
}

/** A picture that is older than this when its turn comes says nothing of now. */
const maxAgeMs = 2_000;
/** While it is catching up a camera's pictures come faster than the detector takes them: each waits for the one before. */
const lateMs = 150;
/** What has changed since the keyframe before has changed within this. */
const maxLookBackUs = 4e6;
/** Catching up lets the other cameras of the thread have a turn this often. */
const turnMs = 20;

/** Takes each packet into the ring and decodes as much of the stream as its tier earns. */
export class PicturePath {
  readonly #deps: PicturePathDeps;
  /** While the camera is awake; it has seen every packet since a keyframe but those that wait. */
  #decoder: VideoDecoder | undefined;
  readonly #waiting = new PacketBunch();
  /** Pictures come out in another order than they are sent, or later than they could: each packet may bring one that is wanted. */
  #isReordered = false;
  /** Stream time of the keyframe in which nothing had changed, or of the session's first packet. */
  #quietUs: number | undefined;
  #lastGoodAt: number | undefined;
  readonly #lastLook: LastLook;

  constructor(deps: PicturePathDeps) {
    this.#deps = deps;
    this.#lastLook = new LastLook(deps.random);
  }

  /** When this session last decoded a good frame, by the monotonic clock. */
  get lastGoodAt(): number | undefined {
    return this.#lastGoodAt;
  }

  /** Nothing of the stream is decoded but keyframes by themselves. */
  get isAsleep(): boolean {
    return this.#decoder === undefined;
  }

  /** Gives something to wait for only when it has to catch up with what the ring holds: most packets are none to decode. */
  take(packet: EncodedPacket, signal: AbortSignal): Promise<void> | undefined {
    const { handover, ring } = this.#deps;
    this.#quietUs ??= packet.ptsUs;
    if (this.#isDormant()) {
      this.#sleep();
      const wasLookedAt = this.#takeDormant(packet);
      ring.push(packet);
      return wasLookedAt && !this.#isDormant() ? this.#wake(packet, 'seen', signal) : undefined;
    }
    // Before the ring has it: a GOP that outgrows the ring can still be decoded.
    const isGiven = this.#decoder !== undefined && this.#takeAwake(this.#decoder, packet);
    const isHeld = ring.push(packet);
    if (isGiven && this.#isLate(packet)) return handover.taken(signal);
    return !this.#decoder && isHeld ? this.#wake(packet, 'new', signal) : undefined;
  }

  /** The detector found nothing in the frame that it was given last while the camera was dormant. */
  sawNothing(): void {
    this.#lastLook.wasEmpty();
  }

  close(): void {
    this.#sleep();
  }

  #isDormant(): boolean {
    const { clock, gop, policy } = this.#deps;
    return policy.tier(clock.monotonic()) === 'dormant' && policy.isKeyframesEnough(gop.seconds);
  }

  #isLate({ ptsUs }: EncodedPacket): boolean {
    const { captureClock, clock } = this.#deps;
    return captureClock.ageMs(ptsUs, clock.monotonic()) > lateMs;
  }

  #sleep(): void {
    this.#skipWaiting();
    this.#decoder?.close();
    this.#decoder = undefined;
  }

  /** Whether the gate has looked at it. */
  #takeDormant(packet: EncodedPacket): boolean {
    const { clock, decoders, picker, policy, tally } = this.#deps;
    const now = clock.monotonic();
    if (!packet.isKeyframe || !policy.isGateDue(now)) {
      tally.dropped[picker.reasonOf(packet.ptsUs, now)]++;
      return false;
    }
    this.#timed(() => {
      tally.decodeErrors += decoders.decodeAlone(packet, (picture) => this.#look(picture));
    });
    return true;
  }

  /**
   * Packets are decoded when a picture of them is wanted, those before it in the same go: one of several in a row takes a
   * fifth less time than one by itself, whose decoder's memory has left the caches. What waits when a keyframe
   * comes is never needed. Measured in docs/performance.md. Whether the detector was given one.
   */
  #takeAwake(decoder: VideoDecoder, packet: EncodedPacket): boolean {
    const { clock, picker, policy } = this.#deps;
    const now = clock.monotonic();
    if (packet.isKeyframe && !this.#isReordered) this.#skipWaiting();
    this.#waiting.push(packet);
    // The gate of an awake camera takes what the detector looks at.
    const isGateAlone = policy.tier(now) === 'dormant' && policy.isGateDue(now);
    const isWanted = isGateAlone || picker.isDue(packet.ptsUs, now);
    if (!isWanted && !this.#isReordered && !this.#waiting.isFull) return false;
    let isGiven = false;
    this.#waiting.drain((each, isLast) => {
      this.#decode(decoder, each, (picture) => {
        if (isLast || this.#isReordered) isGiven = this.#look(picture) || isGiven;
        else this.#note(picture);
      });
    });
    return isGiven;
  }

  #skipWaiting(): void {
    this.#deps.tally.dropped.quiet += this.#waiting.clear();
  }

  #decode(decoder: VideoDecoder, packet: EncodedPacket, onPicture: OnPicture): void {
    this.#timed(() => {
      this.#deps.tally.decodeErrors += decoder.decode(packet, (picture) => {
        this.#isReordered ||= picture.times.ptsUs !== packet.ptsUs;
        onPicture(picture);
      });
    });
  }

  /**
   * Decodes what the ring holds since the last keyframe in which all was quiet: what woke the camera began after
   * that, and a dwell time counts from when it did. The detector takes these pictures one by one; the gate has seen
   * later ones, but for `latest` when that is new.
   */
  async #wake(latest: EncodedPacket, latestIs: 'new' | 'seen', signal: AbortSignal): Promise<void> {
    const { clock, decoders, handover, ring } = this.#deps;
    const fromUs = Math.max(this.#quietUs ?? 0, latest.ptsUs - maxLookBackUs);
    const decoder = decoders.open(latest.coding.codec);
    this.#decoder = decoder;
    let turnEndsAt = clock.monotonic() + turnMs;
    for (const packet of ring.span(fromUs, Number.POSITIVE_INFINITY)) {
      let isGiven = false;
      this.#decode(decoder, packet, (picture) => {
        if (packet.dtsUs === latest.dtsUs && latestIs === 'new') this.#look(picture);
        else isGiven = this.#recall(picture, fromUs) || isGiven;
      });
      if (isGiven) await handover.taken(signal);
      else if (clock.monotonic() >= turnEndsAt) await nextTurn();
      else continue;
      if (signal.aborted) return;
      turnEndsAt = clock.monotonic() + turnMs;
    }
  }

  /** A picture of before the camera woke. */
  #recall(picture: Picture, fromUs: number): boolean {
    if (!this.#note(picture) || picture.times.ptsUs < fromUs) return false;
    return this.#offer(picture, Number.POSITIVE_INFINITY);
  }

  /** Whether the detector has it now. */
  #look(picture: Picture): boolean {
    const { clock, gate, history, policy, study } = this.#deps;
    if (!this.#note(picture)) return false;
    const now = clock.monotonic();
    if (policy.takeGate(now)) {
      const luma = picture.toLuma();
      study.look(luma, picture.times);
      if (gate.look(luma) === 'changed') {
        policy.changed(now);
        history.changed();
      } else this.#quietUs = picture.times.ptsUs;
    }
    // One that has just woken is offered again in its turn, after those before it.
    return (this.#decoder !== undefined || this.#isDormant()) && this.#offer(picture, maxAgeMs);
  }

  #note({ isGood }: Picture): boolean {
    const { clock, tally } = this.#deps;
    tally.decoded++;
    if (!isGood) {
      tally.decodeErrors++;
      return false;
    }
    this.#lastGoodAt = clock.monotonic();
    tally.lastFrameAt = clock.now();
    return true;
  }

  /** Whether the detector has it now. */
  #offer(picture: Picture, oldestMs: number): boolean {
    const { captureClock, clock, picker, tally } = this.#deps;
    const { ptsUs } = picture.times;
    const now = clock.monotonic();
    const pick = picker.pick(ptsUs, now);
    if (pick === 'shed') tally.dropped.shed++;
    if (pick !== 'taken') return false;
    if (captureClock.ageMs(ptsUs, now) <= oldestMs) return this.#give(picture);
    tally.dropped.behind++;
    return false;
  }

  #give(picture: Picture): boolean {
    const { captureClock, clock, handover, policy, session, tally } = this.#deps;
    const now = clock.monotonic();
    const tier = policy.tier(now);
    const facts = { session, tier, clockQuality: captureClock.quality };
    if (tier === 'dormant' && this.#lastLook.repeats(picture.toLuma())) {
      handover.repeat(picture.times, facts);
      tally.dropped.quiet++;
      return false;
    }
    if (!handover.give(picture, { lookWithinMs: policy.lookWithinMs(now), ...facts })) {
      tally.dropped['detector-busy']++;
      return false;
    }
    if (tier === 'dormant') this.#lastLook.shown(picture.toLuma());
    else this.#lastLook.forget();
    policy.sawFrame(now);
    tally.frame(now);
    return true;
  }

  #timed(work: () => void): void {
    const { clock, tally } = this.#deps;
    const startedAt = clock.monotonic();
    work();
    const endedAt = clock.monotonic();
    tally.busy(endedAt, endedAt - startedAt);
  }
}
