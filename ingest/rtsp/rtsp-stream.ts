import { createHash } from 'node:crypto';
import { AV_NOPTS_VALUE, AV_PKT_DATA_PRFT, AVERROR_EXIT } from 'node-av/constants';
import { type FormatContext, Packet } from 'node-av/lib';
import type { Clock } from '../../core/runtime/clock.ts';
import { streamError } from '../errors.ts';
import type { PacketStream, ReadPacket } from '../session/packet-stream.ts';
import { diagnoseRead } from './diagnose.ts';
import { sequenceParametersOf } from './sequence-parameters.ts';
import type { StreamParameters } from './stream-parameters.ts';

const hashOf = (...parts: (string | Buffer)[]): string => {
  const hash = createHash('sha1');
  for (const part of parts) hash.update(part);
  return hash.digest('base64');
};

/** AVProducerReferenceTime: the wall clock in microseconds comes first, in the machine's own byte order. */
const readProducedAt = (packet: Packet): number | undefined => {
  const data = packet.getSideData(AV_PKT_DATA_PRFT);
  return data && data.length >= 8 ? Number(data.readBigInt64LE(0)) / 1000 : undefined;
};

/** A live camera's next packet comes within this, and with it the end of a read that should end. */
const patienceMs = 500;

/** The video track of one RTSP connection. Owns the connection and the parameters. */
export class RtspStream implements PacketStream<Packet> {
  readonly parameters: StreamParameters;
  readonly signature: string;
  readonly #format: FormatContext;
  readonly #index: number;
  readonly #ticksToUs: number;
  readonly #clock: Clock;
  /** Aborts when no further packet is wanted. */
  readonly #over = new AbortController();
  #isCutOff = false;
  #reading: Promise<number> | undefined;
  #closing: Promise<void> | undefined;

  constructor(format: FormatContext, index: number, parameters: StreamParameters, clock: Clock) {
    this.#format = format;
    this.#clock = clock;
    this.#index = index;
    this.parameters = parameters;
    this.#ticksToUs = (parameters.timeBase.num * 1e6) / parameters.timeBase.den;
    const { codec, width, height, codecParameters } = parameters;
    this.signature = hashOf(`${codec} ${width}x${height} `, codecParameters.extradata ?? '');
  }

  get codec(): 'h264' | 'h265' {
    return this.parameters.codec;
  }

  get width(): number {
    return this.parameters.width;
  }

  get height(): number {
    return this.parameters.height;
  }

  get reorderFrames(): number {
    return Math.max(0, this.parameters.codecParameters.videoDelay);
  }

  async read(): Promise<ReadPacket<Packet> | undefined> {
    while (!this.#over.signal.aborted) {
      const packet = new Packet();
      packet.alloc();
      this.#reading = this.#format.readFrame(packet);
      const code = await this.#reading;
      this.#reading = undefined;
      const isWanted = code >= 0 && !this.#over.signal.aborted;
      if (isWanted && packet.streamIndex === this.#index && packet.size > 0) return this.#toRead(packet);
      packet.free();
      if (code < 0) return this.#end(code);
    }
    return undefined;
  }

  stamp(packet: Packet, ptsUs: number, dtsUs: number): void {
    packet.pts = BigInt(Math.round(ptsUs / this.#ticksToUs));
    packet.dts = BigInt(Math.round(dtsUs / this.#ticksToUs));
  }

  signatureOf(keyframe: Packet): string | undefined {
    const set = keyframe.data && sequenceParametersOf(this.codec, keyframe.data);
    return set ? hashOf(set) : undefined;
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
    this.#closing ??= this.#close();
    return this.#closing;
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
    this.parameters.codecParameters.free();
  }

  #end(code: number): undefined {
    if (this.#over.signal.aborted || code === AVERROR_EXIT) return undefined;
    const { cause, message } = diagnoseRead(code);
    throw streamError(cause, message, { detail: `FFmpeg ${code}` });
  }

  #toRead(packet: Packet): ReadPacket<Packet> {
    return {
      packet,
      ptsUs: this.#toUs(packet.pts),
      dtsUs: this.#toUs(packet.dts),
      durationUs: Number(packet.duration) * this.#ticksToUs,
      isKeyframe: packet.isKeyframe,
      sizeBytes: packet.size,
      producedAt: readProducedAt(packet),
    };
  }

  #toUs(ticks: bigint): number | undefined {
    return ticks === AV_NOPTS_VALUE ? undefined : Number(ticks) * this.#ticksToUs;
  }
}
