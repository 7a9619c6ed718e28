import type { Clock } from '../../core/runtime/clock.ts';
import type { IngestError } from '../errors.ts';
import type { RingPacket } from '../ring/packet-ring.ts';
import type { CaptureClock } from '../times/capture-clock.ts';
import type { GopMeter } from '../times/gop-meter.ts';
import type { StreamTimes } from '../times/stream-times.ts';
import type { CameraTally } from './camera-tally.ts';
import type { PacketStream, ReadPacket } from './packet-stream.ts';
import type { PicturePath } from './picture-path.ts';
import { findStall, type WatchdogLimits } from './watchdog.ts';

export interface SessionDeps<P extends { free(): void }> {
  clock: Clock;
  stream: PacketStream<P>;
  path: PicturePath<P>;
  times: StreamTimes;
  captureClock: CaptureClock;
  gop: GopMeter;
  tally: CameraTally;
  limits: WatchdogLimits;
  /** Called after each packet, when ring and decoder have had it. */
  onPacket: (ptsUs: number) => void;
}

/** `changed`: the camera codes its pictures differently from here on. */
export type SessionEnd = 'aborted' | 'changed';

/** One open connection from its first packet to its end. It never opens another. */
export class Session<P extends { free(): void }> {
  readonly #deps: SessionDeps<P>;
  readonly #openedAt: number;
  #lastPacketAt: number;
  #coding: string | undefined;
  #stall: IngestError | undefined;

  constructor(deps: SessionDeps<P>) {
    const now = deps.clock.monotonic();
    this.#deps = deps;
    this.#openedAt = now;
    this.#lastPacketAt = now;
    deps.times.beginSession(deps.stream.reorderFrames, now);
    deps.gop.beginSession();
  }

  /** Reads until `signal` aborts or the camera changes its coding; throws the error that ends it otherwise. */
  async run(signal: AbortSignal): Promise<SessionEnd> {
    const { stream, onPacket, path } = this.#deps;
    const interrupt = (): void => stream.interrupt();
    signal.addEventListener('abort', interrupt, { once: true });
    try {
      while (!signal.aborted) {
        const read = await stream.read();
        if (!read) break;
        if (this.#hasChanged(read)) {
          read.packet.free();
          return 'changed';
        }
        const entry = this.#toEntry(read);
        await path.take(entry, signal);
        onPacket(entry.ptsUs);
      }
    } finally {
      signal.removeEventListener('abort', interrupt);
    }
    if (this.#stall && !signal.aborted) throw this.#stall;
    return 'aborted';
  }

  /** To be called every second: ends a session whose connection stands but brings nothing of use. */
  check(): void {
    const { clock, gop, limits, path, stream, times } = this.#deps;
    if (this.#stall) return;
    this.#stall = findStall(
      clock.monotonic(),
      {
        openedAt: this.#openedAt,
        lastPacketAt: this.#lastPacketAt,
        progressedAt: times.progressedAt,
        lastFrameAt: path.lastGoodAt,
        gopSeconds: gop.seconds,
      },
      limits,
    );
    if (this.#stall) stream.interrupt();
  }

  /** The description at opening may be stale; what the first keyframe says counts. */
  #hasChanged({ isKeyframe, packet }: ReadPacket<P>): boolean {
    const coding = isKeyframe ? this.#deps.stream.signatureOf(packet) : undefined;
    if (coding === undefined) return false;
    this.#coding ??= coding;
    return coding !== this.#coding;
  }

  #toEntry({ packet, isKeyframe, sizeBytes, producedAt, ...raw }: ReadPacket<P>): RingPacket<P> {
    const { captureClock, clock, gop, stream, tally, times } = this.#deps;
    const arrivedMs = clock.monotonic();
    const receivedAt = clock.now();
    const { ptsUs, dtsUs } = times.next(raw, arrivedMs);
    stream.stamp(packet, ptsUs, dtsUs);
    gop.packet(ptsUs, isKeyframe);
    tally.packet(arrivedMs, sizeBytes);
    tally.lastPacketAt = receivedAt;
    this.#lastPacketAt = arrivedMs;
    const capturedAt = captureClock.next({ ptsUs, arrivedMs, receivedAt, producedAt });
    return { packet, ptsUs, dtsUs, isKeyframe, sizeBytes, capturedAt, receivedAt };
  }
}
