import type { Clock } from '../../core/runtime/clock.ts';
import type { IngestError } from '../errors.ts';
import type { Coding, CodingReader } from '../ring/coding.ts';
import type { EncodedPacket } from '../ring/encoded-packet.ts';
import type { CaptureClock } from '../times/capture-clock.ts';
import type { GopMeter } from '../times/gop-meter.ts';
import type { StreamTimes } from '../times/stream-times.ts';
import type { CameraTally } from './camera-tally.ts';
import type { PacketStream, ReadPacket } from './packet-stream.ts';
import type { PicturePath } from './picture-path.ts';
import { findStall, type WatchdogLimits } from './watchdog.ts';

export interface SessionDeps {
  clock: Clock;
  stream: PacketStream;
  path: PicturePath;
  codings: CodingReader;
  times: StreamTimes;
  captureClock: CaptureClock;
  gop: GopMeter;
  tally: CameraTally;
  limits: WatchdogLimits;
  /** Whether nobody waits for the pictures that come next. */
  mayRest: () => boolean;
  /** Called after each packet, when ring and decoder have had it. */
  onPacket: (packet: EncodedPacket) => void;
}

/**
 * What a dormant camera sends may wait for so long before it is read: several pictures then come in one reading and are put away in
 * one go. What happens in its view is noticed with its next keyframe; this adds a tenth of a second to that in the mean.
 * Measured in docs/performance.md.
 */
const dormantRestMs = 200;

/** One open connection from its first packet to its end. It never opens another. */
export class Session {
  readonly #deps: SessionDeps;
  readonly #openedAt: number;
  #lastPacketAt: number;
  /** Of the latest keyframe and what follows it. */
  #coding: Coding | undefined;
  #stall: IngestError | undefined;

  constructor(deps: SessionDeps) {
    const now = deps.clock.monotonic();
    this.#deps = deps;
    this.#openedAt = now;
    this.#lastPacketAt = now;
    deps.times.beginSession(deps.stream.reorderFrames, now);
    deps.gop.beginSession();
  }

  /** How long nothing has come, in milliseconds. */
  get silentMs(): number {
    return this.#deps.clock.monotonic() - this.#lastPacketAt;
  }

  /** Reads until `signal` aborts; throws the error that ends it otherwise. */
  async run(signal: AbortSignal): Promise<void> {
    const { stream, mayRest, onPacket, path, tally } = this.#deps;
    const interrupt = (): void => stream.interrupt();
    signal.addEventListener('abort', interrupt, { once: true });
    try {
      if (signal.aborted) return;
      // Aborting interrupts the stream, which then gives nothing more.
      for (let read = await stream.read(); read; read = await stream.read()) {
        const packet = this.#toPacket(read);
        if (!packet) {
          tally.dropped.quiet++;
          continue;
        }
        const catchingUp = path.take(packet, signal);
        if (catchingUp !== undefined) await catchingUp;
        onPacket(packet);
        stream.rest?.(mayRest() ? dormantRestMs : 0);
      }
    } finally {
      this.#noteFaults();
      tally.streamEnded();
      signal.removeEventListener('abort', interrupt);
    }
    if (this.#stall && !signal.aborted) throw this.#stall;
  }

  /** What comes is wanted at once. */
  readOn(): void {
    this.#deps.stream.rest?.(0);
  }

  /** To be called every second: ends a session whose connection stands but brings nothing of use. */
  check(): void {
    const { clock, gop, limits, path, stream, times } = this.#deps;
    this.#noteFaults();
    if (this.#stall) return;
    this.#stall = findStall(
      clock.monotonic(),
      {
        openedAt: this.#openedAt,
        lastPacketAt: this.#lastPacketAt,
        progressedAt: times.progressedAt,
        lastFrameAt: path.lastGoodAt,
        gopSeconds: gop.usualSeconds,
      },
      limits,
    );
    if (this.#stall) stream.interrupt();
  }

  #noteFaults(): void {
    const { stream, tally } = this.#deps;
    if (stream.faults) tally.noteFaults(stream.faults);
  }

  /** Nothing before the first keyframe: what comes before it can never be decoded. */
  #toPacket(read: ReadPacket): EncodedPacket | undefined {
    const { data, memory, isKeyframe, producedAt } = read;
    const { captureClock, clock, codings, gop, stream, tally, times } = this.#deps;
    const arrivedMs = clock.monotonic();
    const receivedAt = clock.now();
    const { ptsUs, dtsUs } = times.next(read, arrivedMs);
    gop.packet(ptsUs, isKeyframe);
    tally.packet(arrivedMs, data.length);
    tally.lastPacketAt = receivedAt;
    this.#lastPacketAt = arrivedMs;
    const capturedAt = captureClock.next({ ptsUs, arrivedMs, receivedAt, producedAt });
    const coded = isKeyframe ? codings.read(stream.codec, data) : undefined;
    if (coded) this.#coding = coded.coding;
    const coding = this.#coding;
    if (coding) {
      return { data: coded?.data ?? data, memory, coding, ptsUs, dtsUs, isKeyframe, capturedAt, receivedAt };
    }
    memory?.release();
    return undefined;
  }
}
