import { AVERROR_EAGAIN, AVERROR_EOF } from 'node-av/constants';
import { Codec, CodecContext, Frame, Packet } from 'node-av/lib';
import { codecIds } from '../codec-ids.ts';
import { streamError } from '../errors.ts';
import type { Luma } from '../gate/luma-gate.ts';
import type { Codec as CodecName } from '../ring/coding.ts';
import type { EncodedPacket } from '../ring/encoded-packet.ts';
import type { PictureScaler } from './picture-scaler.ts';
import type { OnPicture, Picture, VideoDecoder } from './video-decoder.ts';

/** Packets on their way through the decoder: as many as pictures can be reordered, and some that gave none. */
const maxUnderWay = 64;
/** AV_FRAME_FLAG_CORRUPT. */
const corruptFlag = 1;

const openContext = (name: CodecName): CodecContext => {
  const codec = Codec.findDecoder(codecIds[name]);
  const context = new CodecContext();
  context.allocContext3(codec);
  // One thread: more would hold pictures back, and there are as many cameras as cores can take.
  context.threadCount = 1;
  // Blocks' edges stay visible, which neither the gate nor the detector minds: a fifth of the decoding saved.
  context.setOption('skip_loop_filter', 'all');
  if (context.open2Sync(codec) < 0) {
    context.freeContext();
    throw streamError('undecodable', `the ${name} decoder does not open`);
  }
  return context;
};

/** FFmpeg's software decoder, called synchronously on the camera's thread. Keyframes bring their parameter sets. */
export class AvDecoder implements VideoDecoder {
  readonly #context: CodecContext;
  readonly #scaler: PictureScaler;
  readonly #packet = new Packet();
  readonly #frame = new Frame();
  readonly #underWay = new Map<bigint, EncodedPacket>();
  #isClosed = false;

  constructor(codec: CodecName, scaler: PictureScaler) {
    this.#context = openContext(codec);
    this.#scaler = scaler;
    this.#packet.alloc();
    this.#frame.alloc();
  }

  decode(packet: EncodedPacket, onPicture: OnPicture): number {
    this.#load(packet);
    let faults = 0;
    let result = this.#context.sendPacketSync(this.#packet);
    if (result === AVERROR_EAGAIN) {
      faults += this.#receive(packet, onPicture);
      result = this.#context.sendPacketSync(this.#packet);
    }
    if (result < 0) faults++;
    return faults + this.#receive(packet, onPicture);
  }

  /** Decodes a keyframe by itself; the run before is over. */
  decodeAlone(keyframe: EncodedPacket, onPicture: OnPicture): number {
    let faults = this.decode(keyframe, onPicture);
    // Draining gives the picture that the decoder would hold back for reordering.
    this.#context.sendPacketSync(null);
    faults += this.#receive(keyframe, onPicture);
    this.#context.flushBuffers();
    this.#underWay.clear();
    return faults;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#packet.free();
    this.#frame.free();
    this.#context.freeContext();
  }

  #load(packet: EncodedPacket): void {
    const pts = BigInt(Math.round(packet.ptsUs));
    this.#packet.unref();
    this.#packet.data = packet.data;
    this.#packet.pts = pts;
    this.#underWay.set(pts, packet);
    const oldest = this.#underWay.keys().next();
    if (this.#underWay.size > maxUnderWay && !oldest.done) this.#underWay.delete(oldest.value);
  }

  #receive(latest: EncodedPacket, onPicture: OnPicture): number {
    for (;;) {
      const result = this.#context.receiveFrameSync(this.#frame);
      if (result === AVERROR_EAGAIN || result === AVERROR_EOF) return 0;
      if (result < 0) return 1;
      onPicture(this.#toPicture(latest));
      this.#frame.unref();
    }
  }

  #toPicture(latest: EncodedPacket): Picture {
    const frame = this.#frame;
    const source = this.#underWay.get(frame.pts) ?? latest;
    this.#underWay.delete(frame.pts);
    source.coding.size ??= { width: frame.width, height: frame.height };
    const { ptsUs, capturedAt, receivedAt } = source;
    let luma: Luma | undefined;
    return {
      times: { ptsUs, capturedAt, receivedAt },
      isGood: frame.decodeErrorFlags === 0 && (frame.flags & corruptFlag) === 0,
      toLuma: () => {
        luma ??= this.#scaler.toLuma(frame);
        return luma;
      },
      toPixels: () => this.#scaler.toPixels(frame),
    };
  }
}
