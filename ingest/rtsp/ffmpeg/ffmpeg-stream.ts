import { AV_NOPTS_VALUE, AV_PKT_DATA_PRFT, AVERROR_EXIT } from 'node-av/constants';
import { type FormatContext, Packet } from 'node-av/lib';
import type { Clock } from '../../../core/runtime/clock.ts';
import { streamError } from '../../errors.ts';
import type { Codec } from '../../ring/coding.ts';
import { parameterSetsOf } from '../../ring/parameter-sets.ts';
import type { PacketStream, ReadPacket } from '../../session/packet-stream.ts';
import { diagnoseRead } from '../diagnose.ts';

/** AVProducerReferenceTime: the wall clock in microseconds comes first, in the machine's own byte order. */
const readProducedAt = (packet: Packet): number | undefined => {
  const data = packet.getSideData(AV_PKT_DATA_PRFT);
  return data && data.length >= 8 ? Number(data.readBigInt64LE(0)) / 1000 : undefined;
};

/** A live camera's next packet comes within this, and with it the end of a read that should end. */
const patienceMs = 500;

/** What FFmpeg found the video track to be. */
export interface VideoTrack {
  index: number;
  codec: Codec;
  /** The unit of the packets' own times, in microseconds. */
  tickUs: number;
  reorderFrames: number;
  /** As the session description has them; empty when it has none. */
  parameterSets: Buffer;
}

/** The video track of one RTSP connection, read by FFmpeg's demuxer. Owns the connection. */
export class FfmpegStream implements PacketStream {
  readonly #track: VideoTrack;
  readonly #format: FormatContext;
  readonly #clock: Clock;
  readonly #onClosed: () => void;
  /** Aborts when no further packet is wanted. */
  readonly #over = new AbortController();
  #isCutOff = false;
  #reading: Promise<number> | undefined;
  #closing: Promise<void> | undefined;

  /** `onClosed`: called once, when the connection has been given up. */
  constructor(format: FormatContext, track: VideoTrack, clock: Clock, onClosed: () => void) {
    this.#onClosed = onClosed;
    this.#format = format;
    this.#track = track;
    this.#clock = clock;
  }

  get codec(): Codec {
    return this.#track.codec;
  }

  get reorderFrames(): number {
    return this.#track.reorderFrames;
  }

  async read(): Promise<ReadPacket | undefined> {
    const packet = new Packet();
    packet.alloc();
    try {
      return await this.#read(packet);
    } finally {
      packet.free();
    }
  }

  /**
   * Lets a read under way end with the next packet; only when none comes is it cut off. FFmpeg sends nothing more
   * after that, not even the TEARDOWN without which many cameras keep a session for a minute.
   */
  interrupt(): void {
    if (this.#over.signal.aborted) return;
    this.#over.abort();
    if (this.#reading !== undefined) void this.#cutOffLater(this.#reading);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close().finally(this.#onClosed);
    return this.#closing;
  }

  async #read(packet: Packet): Promise<ReadPacket | undefined> {
    while (!this.#over.signal.aborted) {
      packet.unref();
      this.#reading = this.#format.readFrame(packet);
      const code = await this.#reading;
      this.#reading = undefined;
      if (code < 0) return this.#end(code);
      const isWanted = !this.#over.signal.aborted && packet.streamIndex === this.#track.index;
      if (isWanted && packet.data && packet.size > 0) return this.#toRead(packet, packet.data);
    }
    return undefined;
  }

  async #cutOffLater(reading: Promise<number>): Promise<void> {
    const done = new AbortController();
    await Promise.race([reading, this.#clock.sleep(patienceMs, done.signal)]);
    done.abort();
    if (this.#reading !== reading) return;
    this.#isCutOff = true;
    this.#format.interrupt();
  }

  async #close(): Promise<void> {
    this.interrupt();
    await this.#reading;
    // Of the two only this one says goodbye; it does not wait for an answer.
    if (this.#isCutOff) await this.#format.closeInput();
    else this.#format.freeContext();
  }

  #end(code: number): undefined {
    if (this.#over.signal.aborted || code === AVERROR_EXIT) return undefined;
    const { cause, message } = diagnoseRead(code);
    throw streamError(cause, message, { detail: `FFmpeg ${code}` });
  }

  #toRead(packet: Packet, shared: Buffer): ReadPacket {
    const { isKeyframe } = packet;
    const { codec, parameterSets, tickUs } = this.#track;
    const isComplete = !isKeyframe || parameterSetsOf(codec, shared) !== undefined;
    return {
      data: isComplete ? Buffer.from(shared) : Buffer.concat([parameterSets, shared]),
      ptsUs: this.#toUs(packet.pts),
      dtsUs: this.#toUs(packet.dts),
      durationUs: Number(packet.duration) * tickUs,
      isKeyframe,
      producedAt: readProducedAt(packet),
    };
  }

  #toUs(ticks: bigint): number | undefined {
    return ticks === AV_NOPTS_VALUE ? undefined : Number(ticks) * this.#track.tickUs;
  }
}
