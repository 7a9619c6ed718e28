import { AVERROR_EAGAIN, AVERROR_EOF } from 'node-av/constants';
import { Codec, CodecContext, Frame, Packet, Rational } from 'node-av/lib';
import { codecIds } from '../../codec-ids.ts';
import type { Coding } from '../../ring/coding.ts';
import type { EncodedPacket } from '../../ring/encoded-packet.ts';
import { evidenceError } from '../errors.ts';
import { checkFfmpeg } from './ffmpeg.ts';

const microseconds = new Rational(1, 1_000_000);

const openDecoder = async ({ codec: name }: Coding): Promise<CodecContext> => {
  const codec = Codec.findDecoder(codecIds[name]);
  if (!codec) throw evidenceError('evidence-undecodable', `no decoder for ${name}`);
  const decoder = new CodecContext();
  decoder.allocContext3(codec);
  try {
    decoder.pktTimebase = microseconds;
    // One thread: a picture comes out as soon as it can, and the pool stays free for the cameras.
    decoder.threadCount = 1;
    checkFfmpeg(await decoder.open2(codec), 'evidence-undecodable', 'opening a decoder');
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
  packets: readonly EncodedPacket[],
  signal: AbortSignal,
): Promise<void> => {
  const scratch = new Packet();
  scratch.alloc();
  try {
    for (const { data, ptsUs } of packets) {
      signal.throwIfAborted();
      scratch.data = data;
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
  packets: readonly EncodedPacket[],
  untilUs: number,
  signal: AbortSignal,
): Promise<DecodedFrame | undefined> => {
  const first = packets[0];
  if (!first) return undefined;
  const decoder = await openDecoder(first.coding);
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
