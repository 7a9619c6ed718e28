import { AVERROR_EAGAIN, AVERROR_EOF } from 'node-av/constants';
import { Codec, CodecContext, Dictionary, Frame, Packet, Rational } from 'node-av/lib';
import type { RingPacket } from '../../ring/packet-ring.ts';
import type { StreamParameters } from '../../rtsp/stream-parameters.ts';
import { evidenceError } from '../errors.ts';
import { checkFfmpeg } from './ffmpeg.ts';

const microseconds = new Rational(1, 1_000_000);

const openDecoder = async (stream: StreamParameters): Promise<CodecContext> => {
  const codec = Codec.findDecoder(stream.codecParameters.codecId);
  if (!codec) throw evidenceError('evidence-undecodable', `no decoder for ${stream.codec}`);
  const decoder = new CodecContext();
  decoder.allocContext3(codec);
  try {
    checkFfmpeg(
      decoder.parametersToContext(stream.codecParameters),
      'evidence-undecodable',
      'preparing a decoder',
    );
    decoder.pktTimebase = microseconds;
    // One thread: a picture comes out as soon as it can, and the pool stays free for the cameras.
    checkFfmpeg(
      await decoder.open2(codec, Dictionary.fromObject({ threads: 1 })),
      'evidence-undecodable',
      'opening a decoder',
    );
    return decoder;
  } catch (error) {
    decoder.freeContext();
    throw error;
  }
};

/** Damaged pictures that a decoder may report in a row: as many as it can hold back for reordering. */
const mostDamaged = 16;

/** Keeps, of the frames that come out of a decoder, the latest one that is not after the moment wanted. */
class FramePicker {
  readonly #decoder: CodecContext;
  readonly #untilUs: number;
  #best = new Frame();
  #spare = new Frame();
  #bestUs: number | undefined;

  constructor(decoder: CodecContext, untilUs: number) {
    this.#decoder = decoder;
    this.#untilUs = untilUs;
    this.#best.alloc();
    this.#spare.alloc();
  }

  get ptsUs(): number | undefined {
    return this.#bestUs;
  }

  /** Takes what is ready. Decoding happened in `sendPacket`; receiving only hands over. */
  take(): void {
    for (let damaged = 0; damaged < mostDamaged; ) {
      const result = this.#decoder.receiveFrameSync(this.#spare);
      if (result === AVERROR_EAGAIN || result === AVERROR_EOF) return;
      if (result < 0) {
        damaged++;
        continue;
      }
      const ptsUs = Number(this.#spare.pts);
      if (ptsUs <= this.#untilUs && (this.#bestUs === undefined || ptsUs >= this.#bestUs)) {
        [this.#best, this.#spare] = [this.#spare, this.#best];
        this.#bestUs = ptsUs;
      }
      this.#spare.unref();
    }
  }

  /** Hands the frame over; whoever takes it frees it. */
  release(): Frame | undefined {
    this.#spare.free();
    if (this.#bestUs !== undefined) return this.#best;
    this.#best.free();
    return undefined;
  }
}

export interface DecodedFrame {
  /** Freed by whoever asked for it. */
  frame: Frame;
  ptsUs: number;
}

const feed = async (
  decoder: CodecContext,
  picker: FramePicker,
  packets: readonly RingPacket<Packet>[],
  signal: AbortSignal,
): Promise<void> => {
  const scratch = new Packet();
  scratch.alloc();
  try {
    for (const { packet, ptsUs } of packets) {
      signal.throwIfAborted();
      checkFfmpeg(scratch.ref(packet), 'evidence-undecodable', 'taking a packet');
      // The stream's own times start anew with every connection; ours go on.
      scratch.pts = BigInt(Math.round(ptsUs));
      scratch.dts = scratch.pts;
      // A damaged packet costs its picture, not the snapshot.
      await decoder.sendPacket(scratch);
      scratch.unref();
      picker.take();
    }
    await decoder.sendPacket(null);
    picker.take();
  } finally {
    scratch.free();
  }
};

/**
 * Decodes packets, which begin with a keyframe, and gives the latest frame that is not after `untilUs`. Runs on the
 * thread pool packet by packet; a picture of 1080p costs about 3 ms there.
 */
export const decodeFrameAt = async (
  packets: readonly RingPacket<Packet>[],
  stream: StreamParameters,
  untilUs: number,
  signal: AbortSignal,
): Promise<DecodedFrame | undefined> => {
  const decoder = await openDecoder(stream);
  const picker = new FramePicker(decoder, untilUs);
  try {
    await feed(decoder, picker, packets, signal);
  } catch (error) {
    picker.release()?.free();
    throw error;
  } finally {
    decoder.freeContext();
  }
  const { ptsUs } = picker;
  const frame = picker.release();
  return frame && ptsUs !== undefined ? { frame, ptsUs } : undefined;
};
