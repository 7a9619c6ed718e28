import { AVERROR_EAGAIN, AVERROR_EOF } from 'node-av/constants';
import { Codec, CodecContext, Frame, type Packet } from 'node-av/lib';
import type { FrameSpec } from '../../core/frame-slots.ts';
import { streamError } from '../errors.ts';
import type { RingPacket } from '../ring/packet-ring.ts';
import type { StreamParameters } from '../rtsp/stream-parameters.ts';
import { PictureScaler } from './picture-scaler.ts';
import type { OnPicture, Picture, PictureTimes, VideoDecoder } from './video-decoder.ts';

/** Packets on their way through the decoder: as many as pictures can be reordered, and some that gave none. */
const maxUnderWay = 64;
/** AV_FRAME_FLAG_CORRUPT. */
const corruptFlag = 1;

const openContext = (stream: StreamParameters): CodecContext => {
  const codec = Codec.findDecoder(stream.codecParameters.codecId);
  const context = new CodecContext();
  context.allocContext3(codec);
  context.parametersToContext(stream.codecParameters);
  // One thread: more would hold pictures back, and there are as many cameras as cores can take.
  context.threadCount = 1;
  if (context.open2Sync(codec) < 0) {
    context.freeContext();
    throw streamError('undecodable', `the ${stream.codec} decoder refuses the camera's parameters`);
  }
  return context;
};

/** FFmpeg's software decoder, called synchronously on the camera's thread. */
export class AvDecoder implements VideoDecoder<Packet> {
  readonly #context: CodecContext;
  readonly #scaler: PictureScaler;
  readonly #frame = new Frame();
  readonly #underWay = new Map<bigint, PictureTimes>();
  #errors = 0;
  #isClosed = false;

  constructor(stream: StreamParameters, spec: FrameSpec) {
    this.#context = openContext(stream);
    this.#scaler = new PictureScaler(spec);
    this.#frame.alloc();
  }

  get errors(): number {
    return this.#errors;
  }

  decode(entry: RingPacket<Packet>, onPicture: OnPicture): void {
    this.#remember(entry);
    let result = this.#context.sendPacketSync(entry.packet);
    if (result === AVERROR_EAGAIN) {
      this.#receive(entry, onPicture);
      result = this.#context.sendPacketSync(entry.packet);
    }
    if (result < 0) this.#errors++;
    this.#receive(entry, onPicture);
  }

  decodeAlone(keyframe: RingPacket<Packet>, onPicture: OnPicture): void {
    this.reset();
    this.decode(keyframe, onPicture);
    // Draining gives the picture that the decoder would hold back for reordering.
    this.#context.sendPacketSync(null);
    this.#receive(keyframe, onPicture);
    this.reset();
  }

  reset(): void {
    this.#context.flushBuffers();
    this.#underWay.clear();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#scaler.close();
    this.#frame.free();
    this.#context.freeContext();
  }

  #remember(entry: RingPacket<Packet>): void {
    this.#underWay.set(entry.packet.pts, entry);
    const oldest = this.#underWay.keys().next();
    if (this.#underWay.size > maxUnderWay && !oldest.done) this.#underWay.delete(oldest.value);
  }

  #receive(latest: PictureTimes, onPicture: OnPicture): void {
    for (;;) {
      const result = this.#context.receiveFrameSync(this.#frame);
      if (result < 0) {
        if (result !== AVERROR_EAGAIN && result !== AVERROR_EOF) this.#errors++;
        return;
      }
      onPicture(this.#toPicture(latest));
      this.#frame.unref();
    }
  }

  #toPicture(latest: PictureTimes): Picture {
    const frame = this.#frame;
    const { ptsUs, capturedAt, receivedAt } = this.#underWay.get(frame.pts) ?? latest;
    this.#underWay.delete(frame.pts);
    return {
      times: { ptsUs, capturedAt, receivedAt },
      isGood: frame.decodeErrorFlags === 0 && (frame.flags & corruptFlag) === 0,
      toLuma: () => this.#scaler.toLuma(frame),
      toPixels: () => this.#scaler.toPixels(frame),
    };
  }
}
