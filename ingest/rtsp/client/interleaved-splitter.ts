import { streamError } from '../../errors.ts';
import { diagnosisOf } from '../diagnose.ts';
import { isMessageStart, parseMessage, type RtspMessage } from './rtsp-message.ts';

/** What comes on an RTSP connection: frames of interleaved RTP and RTCP (RFC 2326 section 10.12), and messages. */
export interface SplitterSink {
  /** The frame lies between `begin` and `end`; its bytes are valid during the call alone. */
  frame(channel: number, bytes: Buffer, begin: number, end: number): void;
  message(message: RtspMessage): void;
}

const dollar = 0x24;
const frameHead = 4;
/** RTP's fixed header. */
const leastRtpBytes = 12;
/** Two keyframes' worth. Who sends more than that without sense will not come back to it. */
const maxGarbageBytes = 1024 * 1024;
const firstKeptBytes = 2 * 1024;

const isBeginning = (bytes: Buffer, at: number, end: number): boolean => {
  const byte = bytes[at] ?? 0;
  const isCapital = byte >= 0x41 && byte <= 0x5a;
  return byte === dollar || (isCapital && isMessageStart(bytes, at, end));
};

/**
 * Cuts the bytes of a connection into frames and messages. Frames that lie whole in the bytes at hand are handed on where
 * they are; only the last, cut one is copied.
 *
 * Before streaming anything that is neither frame nor message ends the connection: who answers there does not speak RTSP.
 * Afterwards it is skipped up to the next thing that looks like a frame of the stream's channel or a message.
 */
export class InterleavedSplitter {
  readonly #sink: SplitterSink;
  /** The beginning of what is not complete yet. */
  #kept = Buffer.alloc(0);
  #keptLength = 0;
  #rtpChannel: number | undefined;
  #isLost = false;
  #garbage = 0;
  #skipped = 0;

  constructor(sink: SplitterSink) {
    this.#sink = sink;
  }

  /** Bytes that were neither frame nor message. */
  get skippedBytes(): number {
    return this.#skipped;
  }

  /** Media will come on this channel: from now on garbage is skipped. */
  expectFrames(rtpChannel: number): void {
    this.#rtpChannel = rtpChannel;
  }

  push(bytes: Buffer, length: number): void {
    let at = 0;
    while (this.#keptLength > 0 && at < length) {
      at = this.#completeKept(bytes, at, length);
      if (at === length) return;
    }
    at = this.#take(bytes, at, length);
    if (at < length) this.#keep(bytes, at, length);
  }

  /** Adds to what was kept as much as that needs, or all where that cannot be told; where the rest begins. */
  #completeKept(bytes: Buffer, begin: number, end: number): number {
    const missing = this.#missing();
    const to = missing === undefined ? end : Math.min(end, begin + missing);
    this.#keep(bytes, begin, to);
    if (missing !== undefined && this.#missing() !== 0) return to;
    const taken = this.#take(this.#kept, 0, this.#keptLength);
    this.#kept.copyWithin(0, taken, this.#keptLength);
    this.#keptLength -= taken;
    return to;
  }

  /** Bytes that a kept frame still lacks, as far as its head tells; nothing for anything else. */
  #missing(): number | undefined {
    if (this.#kept[0] !== dollar || this.#isLost) return undefined;
    const isHeadThere = this.#keptLength >= frameHead;
    return frameHead + (isHeadThere ? this.#kept.readUInt16BE(2) : 0) - this.#keptLength;
  }

  #keep(bytes: Buffer, begin: number, end: number): void {
    const length = this.#keptLength + end - begin;
    if (length > this.#kept.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(firstKeptBytes, 2 ** Math.ceil(Math.log2(length))));
      this.#kept.copy(larger, 0, 0, this.#keptLength);
      this.#kept = larger;
    }
    bytes.copy(this.#kept, this.#keptLength, begin, end);
    this.#keptLength = length;
  }

  /** Takes all that is complete, and gives where the rest begins. */
  #take(bytes: Buffer, begin: number, end: number): number {
    let at = begin;
    while (at < end) {
      const next = this.#takeOne(bytes, at, end);
      if (next === at) break;
      at = next;
    }
    return at;
  }

  #takeOne(bytes: Buffer, at: number, end: number): number {
    const first = bytes[at] ?? 0;
    if (first === dollar && !this.#isLost) return this.#takeFrame(bytes, at, end);
    // Some cameras put empty lines between messages.
    if (first === 0x0d || first === 0x0a) return at + 1;
    const found = first === dollar ? this.#takeDoubtful(bytes, at, end) : this.#takeMessage(bytes, at, end);
    return found ?? this.#skip(bytes, at, end);
  }

  #takeFrame(bytes: Buffer, at: number, end: number): number {
    if (end - at < frameHead) return at;
    const next = at + frameHead + bytes.readUInt16BE(at + 2);
    if (next > end) return at;
    this.#found();
    this.#sink.frame(bytes[at + 1] ?? 0, bytes, at + frameHead, next);
    return next;
  }

  /** After garbage a dollar sign alone is not enough. Nothing when this is no frame. */
  #takeDoubtful(bytes: Buffer, at: number, end: number): number | undefined {
    if (end - at <= frameHead) return at;
    const isRtp =
      bytes[at + 1] === this.#rtpChannel &&
      bytes.readUInt16BE(at + 2) >= leastRtpBytes &&
      (bytes[at + frameHead] ?? 0) >> 6 === 2;
    return isRtp ? this.#takeFrame(bytes, at, end) : undefined;
  }

  #takeMessage(bytes: Buffer, at: number, end: number): number | undefined {
    const parsed = parseMessage(bytes, at, end);
    if (parsed === 'incomplete') return at;
    if (!parsed) return undefined;
    this.#found();
    this.#sink.message(parsed.message);
    return parsed.end;
  }

  #found(): void {
    this.#isLost = false;
    this.#garbage = 0;
  }

  /** To the next byte with which a frame or message may begin. */
  #skip(bytes: Buffer, at: number, end: number): number {
    if (this.#rtpChannel === undefined) {
      throw streamError('refused', diagnosisOf('refused', 'what answers there does not speak RTSP').message);
    }
    this.#isLost = true;
    let next = at + 1;
    while (next < end && !isBeginning(bytes, next, end)) next++;
    this.#garbage += next - at;
    this.#skipped += next - at;
    if (this.#garbage > maxGarbageBytes) {
      throw streamError('undecodable', diagnosisOf('undecodable', 'what it sends is no RTSP').message);
    }
    return next;
  }
}
