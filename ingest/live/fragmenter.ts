import type { LiveChunk } from '../../core/stages.ts';
import { toCodecRecord } from '../mp4/codec-record.ts';
import { ticksPerSecond } from '../mp4/movie.ts';
import type { Coding } from '../ring/coding.ts';
import type { EncodedPacket } from '../ring/encoded-packet.ts';
import { toFragment } from './fragment.ts';
import { toInitSegment } from './init-segment.ts';

const toTicks = (us: number): number => Math.round((us * ticksPerSecond) / 1e6);

/** Shown for this long until the next picture says better: a frame at 25 a second. */
const defaultTicks = ticksPerSecond / 25;
/** A picture whose follower is late still ends; players take the next one's own time. */
const maxTicks = ticksPerSecond;

/**
 * Makes fragmented MP4 of one camera's packets, a fragment a picture and without waiting for the next. FFmpeg's muxer
 * holds a fragment back until it has the packet after it, and its calls cost the thread pool a turn each; nothing
 * here needs more than the bytes.
 */
export class Fragmenter {
  #coding: Coding | undefined;
  #originUs = 0;
  #decodeTime = -1;
  #step = defaultTicks;
  #sequence = 0;

  /** A start before the first keyframe of each coding, then its pictures. Nothing before the first keyframe. */
  take(packet: EncodedPacket): LiveChunk[] {
    const start = packet.coding === this.#coding ? undefined : this.#start(packet);
    if (packet.coding !== this.#coding) return [];
    return [...(start ? [start] : []), this.#fragment(packet)];
  }

  #start({ coding, isKeyframe, dtsUs, capturedAt }: EncodedPacket): LiveChunk | undefined {
    const { size } = coding;
    const record = toCodecRecord(coding);
    this.#coding = undefined;
    if (!isKeyframe || !size || !record) return undefined;
    this.#coding = coding;
    this.#originUs = dtsUs;
    this.#decodeTime = -1;
    return {
      type: 'start',
      ...{ codec: record.codec, width: size.width, height: size.height },
      startedAt: Math.round(capturedAt),
      originUs: dtsUs,
      init: toInitSegment(record, size),
    };
  }

  #fragment({ data, isKeyframe, dtsUs, ptsUs, capturedAt }: EncodedPacket): LiveChunk {
    const wanted = toTicks(dtsUs - this.#originUs);
    const decodeTime = Math.max(wanted, this.#decodeTime + 1);
    if (this.#decodeTime >= 0) this.#step = Math.min(decodeTime - this.#decodeTime, maxTicks);
    this.#decodeTime = decodeTime;
    const shownAfter = Math.max(0, toTicks(ptsUs - this.#originUs) - decodeTime);
    const sample = { data, isKeyframe, decodeTime, shownAfter, duration: this.#step, capturedAt };
    const bytes = toFragment(++this.#sequence, sample);
    const mediaSeconds = (decodeTime + shownAfter) / ticksPerSecond;
    return { type: 'fragment', isKeyframe, bytes, mediaSeconds, capturedAt };
  }
}
