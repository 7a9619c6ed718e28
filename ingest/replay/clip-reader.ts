import { AVERROR_EAGAIN, AVERROR_EOF } from 'node-av/constants';
import { Frame, Packet } from 'node-av/lib';
import type { FrameSpec } from '../../core/frame-slots.ts';
import { PictureScaler } from '../decode/picture-scaler.ts';
import type { ScaledPicture } from '../decode/video-decoder.ts';
import { type Decoding, type OpenClip, openClip } from './open-clip.ts';

/** AV_FRAME_FLAG_CORRUPT. */
const corruptFlag = 1;

/** A decoded picture of a clip. Valid until the next one is asked for. */
export interface ClipPicture {
  /** How many pictures came before it, whole or not. */
  readonly index: number;
  /** Pixels of the picture as it is in the clip. */
  readonly width: number;
  readonly height: number;
  /** Microseconds since the clip's first picture. */
  readonly ptsUs: number;
  /** As the detector wants it. */
  toPixels(): ScaledPicture;
  /** FFmpeg's own, for ingest alone. */
  readonly frame: Frame;
}

/** Reads a file picture by picture and scales as a camera thread does. Synchronous: it is for files, never for cameras. */
export class ClipReader {
  readonly #clip: OpenClip;
  readonly #scaler: PictureScaler;
  readonly #packet = new Packet();
  readonly #frame = new Frame();
  #index = 0;
  #undecodable = 0;
  #isDraining = false;
  #isClosed = false;

  private constructor(clip: OpenClip, spec: FrameSpec) {
    this.#clip = clip;
    this.#scaler = new PictureScaler(spec);
    this.#packet.alloc();
    this.#frame.alloc();
  }

  /** Throws `clip-unreadable`. */
  static async open(file: string, spec: FrameSpec, decoding: Decoding = 'as-worker'): Promise<ClipReader> {
    return new ClipReader(await openClip(file, decoding), spec);
  }

  /** Packets that the decoder refused, and pictures of which a part had to be made up. */
  get undecodable(): number {
    return this.#undecodable;
  }

  /** The next whole picture in the order of showing; nothing at the end. */
  next(): ClipPicture | undefined {
    for (;;) {
      this.#frame.unref();
      const result = this.#clip.context.receiveFrameSync(this.#frame);
      if (result >= 0) {
        const picture = this.#toPicture();
        if (picture) return picture;
      } else {
        if (result !== AVERROR_EAGAIN && result !== AVERROR_EOF) this.#undecodable++;
        if (this.#isDraining) return undefined;
        this.#feed();
      }
    }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#scaler.close();
    this.#packet.free();
    this.#frame.free();
    this.#clip.context.freeContext();
    await this.#clip.format.closeInput();
  }

  /** Counts a picture that is not whole, and gives one that is. */
  #toPicture(): ClipPicture | undefined {
    const frame = this.#frame;
    const ptsUs = this.#clip.times.next(frame.bestEffortTimestamp);
    const index = this.#index++;
    if (frame.decodeErrorFlags === 0 && (frame.flags & corruptFlag) === 0) {
      const { width, height } = frame;
      return { index, width, height, ptsUs, frame, toPixels: () => this.#scaler.toPixels(frame) };
    }
    this.#undecodable++;
    return undefined;
  }

  /** Gives the decoder the next packet of the track, or tells it that there is none. */
  #feed(): void {
    const { context, format, streamIndex } = this.#clip;
    for (;;) {
      this.#packet.unref();
      if (format.readFrameSync(this.#packet) < 0) {
        this.#isDraining = true;
        context.sendPacketSync(null);
        return;
      }
      if (this.#packet.streamIndex !== streamIndex) continue;
      if (context.sendPacketSync(this.#packet) < 0) this.#undecodable++;
      return;
    }
  }
}
