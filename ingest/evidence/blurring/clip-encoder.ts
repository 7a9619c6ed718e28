import {
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PIX_FMT_YUV420P,
  AVERROR_EAGAIN,
  AVERROR_EOF,
} from 'node-av/constants';
import {
  Codec,
  CodecContext,
  Dictionary,
  FormatContext,
  type Frame,
  Packet,
  Rational,
  type Stream,
} from 'node-av/lib';
import { evidenceError } from '../errors.ts';
import { checkFfmpeg } from '../media/ffmpeg.ts';

/** Ticks a second of the times in a clip: the RTP clock of video. */
const timeBase = new Rational(1, 90_000);
/** Mean quality of x264; a picture is good enough for what is left in it. */
const options = { preset: 'veryfast', crf: '24', profile: 'high' } as const;
/** Two seconds at most of a usual camera, so that a player can jump. */
const gopSize = 50;

/** Writes pictures as H.264 in an MP4 with its index in front. One thread, for it must not be noticed. */
export class ClipEncoder {
  readonly #context = new CodecContext();
  readonly #output = new FormatContext();
  readonly #packet = new Packet();
  #track: Stream | undefined;
  #pictures = 0;
  /** Of pictures that the encoder holds back; they come out in order. Without the last one's a player leaves it out. */
  readonly #durations: bigint[] = [];

  private constructor() {
    this.#packet.alloc();
  }

  /** `size`: even both ways. Throws `evidence-unmuxable` or `disk-full`. */
  static async open(file: string, size: { width: number; height: number }): Promise<ClipEncoder> {
    const encoder = new ClipEncoder();
    try {
      await encoder.#open(file, size);
      return encoder;
    } catch (error) {
      await encoder.close();
      throw error;
    }
  }

  get pictures(): number {
    return this.#pictures;
  }

  /** Takes one picture, shown from `ptsUs` on for `forUs`; times grow. The frame may be drawn over when this is done. */
  async write(frame: Frame, ptsUs: number, forUs: number): Promise<void> {
    frame.pts = toTicks(ptsUs);
    this.#durations.push(toTicks(ptsUs + forUs) - frame.pts);
    check(this.#context.sendFrameSync(frame), 'encoding a picture');
    this.#pictures++;
    await this.#drain();
  }

  /** Writes what is still held back, and the index. */
  async finish(): Promise<void> {
    check(this.#context.sendFrameSync(null), 'ending a clip');
    await this.#drain();
    check(await this.#output.writeTrailer(), 'finishing a clip');
  }

  /** Lets go of everything; without `finish` the file is half made. */
  async close(): Promise<void> {
    this.#packet.free();
    this.#context.freeContext();
    await this.#output.closeOutput().catch(() => undefined); // it is checked by reading it back
    this.#output.freeContext();
  }

  async #open(file: string, { width, height }: { width: number; height: number }): Promise<void> {
    const codec = Codec.findEncoderByName('libx264' as Parameters<typeof Codec.findEncoderByName>[0]);
    if (!codec) throw evidenceError('evidence-unmuxable', 'there is no encoder for H.264');
    const context = this.#context;
    context.allocContext3(codec);
    context.width = width;
    context.height = height;
    context.pixelFormat = AV_PIX_FMT_YUV420P;
    context.timeBase = timeBase;
    context.gopSize = gopSize;
    context.maxBFrames = 0;
    context.threadCount = 1;
    context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
    for (const [key, value] of Object.entries(options)) context.setOption(key, value);
    check(await context.open2(codec), 'opening the encoder');
    check(this.#output.allocOutputContext2(null, 'mp4', file), 'opening the muxer');
    const track = this.#output.newStream(null);
    check(track.codecpar.fromContext(context), 'describing a clip');
    track.codecpar.codecTag = 'avc1';
    track.timeBase = timeBase;
    check(await this.#output.openOutput(), 'opening a clip');
    check(
      await this.#output.writeHeader(Dictionary.fromObject({ movflags: '+faststart' })),
      'writing a clip header',
    );
    this.#track = track;
  }

  async #drain(): Promise<void> {
    for (;;) {
      const result = this.#context.receivePacketSync(this.#packet);
      if (result === AVERROR_EAGAIN || result === AVERROR_EOF || !this.#track) return;
      check(result, 'encoding a picture');
      this.#packet.streamIndex = this.#track.index;
      this.#packet.duration = this.#durations.shift() ?? 0n;
      this.#packet.rescaleTs(timeBase, this.#track.timeBase);
      const written = await this.#output.writeFrame(this.#packet);
      this.#packet.unref();
      check(written, 'writing a picture');
    }
  }
}

const check = (result: number, what: string): number => checkFfmpeg(result, 'evidence-unmuxable', what);

const toTicks = (us: number): bigint => BigInt(Math.round((us * timeBase.den) / 1e6));
