import { streamError } from '../../errors.ts';
import type { ReadPacket } from '../../session/packet-stream.ts';
import { diagnosisOf } from '../diagnose.ts';
import { unusualStream } from '../unusual-stream.ts';
import { AccessUnitAssembler } from './access-unit-assembler.ts';
import { addH264 } from './h264-payload.ts';
import { addH265 } from './h265-payload.ts';
import { nalRules } from './nal-rules.ts';
import { ParameterSets } from './parameter-sets.ts';
import { readRtcp } from './rtcp.ts';
import { createRtpPacket, readRtp } from './rtp-packet.ts';
import { SenderClock, type SenderReport } from './sender-clock.ts';
import { SequenceTracker } from './sequence-tracker.ts';

export interface RtpTrack {
  codec: 'h264' | 'h265';
  payloadType: number;
  /** Ticks a second. */
  clockRate: number;
  /** Parameter sets of the session description. */
  parameterSets: readonly Buffer[];
}

/** What was lost or could not be used, since the beginning. */
export interface ReceiverCounts {
  lostPackets: number;
  /** Packets that are no RTP, or came too late. */
  uselessPackets: number;
  droppedUnits: number;
}

/** A picture's time back by less is reordering; by more, the camera's clock was set. Seconds. */
const maxReorder = 2;
/** Smart codecs and restarted encoders slip back once in a while; B-frames step back several times in a GOP. */
const maxSlips = 2;
const slipWindowUnits = 50;

/** Makes access units of the RTP packets of one track. Throws the error that ends the stream. */
export class RtpReceiver {
  readonly sequence = new SequenceTracker();
  readonly #track: RtpTrack;
  readonly #onPacket: (packet: ReadPacket) => void;
  readonly #packet = createRtpPacket();
  readonly #assembler: AccessUnitAssembler;
  readonly #add: typeof addH264;
  readonly #senderClock: SenderClock;
  readonly #ticksToUs: number;
  #source: number | undefined;
  /** RTP time of the access unit under way, as it is in the packets. */
  #unitTime: number | undefined;
  /** Of the unit before, unwrapped. */
  #lastTime: number | undefined;
  /** Steps back in the window, and units left of it. */
  #slips = 0;
  #windowUnits = 0;
  #useless = 0;
  #latestReport: SenderReport | undefined;

  constructor(track: RtpTrack, onPacket: (packet: ReadPacket) => void) {
    const rules = nalRules[track.codec];
    this.#track = track;
    this.#onPacket = onPacket;
    this.#assembler = new AccessUnitAssembler(rules, new ParameterSets(rules, track.parameterSets));
    this.#add = track.codec === 'h264' ? addH264 : addH265;
    this.#senderClock = new SenderClock(track.clockRate);
    this.#ticksToUs = 1e6 / track.clockRate;
  }

  /** The sender's SSRC, once a packet has come. */
  get source(): number | undefined {
    return this.#source;
  }

  get latestReport(): SenderReport | undefined {
    return this.#latestReport;
  }

  get counts(): ReceiverCounts {
    return {
      lostPackets: this.sequence.lost,
      uselessPackets: this.#useless,
      droppedUnits: this.#assembler.dropped,
    };
  }

  takeRtp(bytes: Buffer, begin: number, end: number): void {
    const packet = this.#packet;
    if (!readRtp(bytes, begin, end, packet)) {
      this.#useless++;
      return;
    }
    if (packet.payloadType !== this.#track.payloadType) {
      throw unusualStream(`it sends payload type ${packet.payloadType} on the video's channel`);
    }
    if (packet.source !== this.#source) this.#beginSource(packet.source);
    const missing = this.sequence.take(packet.sequence);
    if (missing < 0) {
      this.#useless++;
      return;
    }
    if (missing > 0) this.#assembler.gap();
    if (packet.time !== this.#unitTime) this.#beginTime(packet.time);
    this.#add(bytes, packet.begin, packet.end, this.#assembler);
    // Some cameras mark the parameter sets in front of a keyframe too.
    if (packet.hasMarker && this.#assembler.hasSlice) this.#finish();
  }

  takeRtcp(bytes: Buffer, begin: number, end: number): void {
    const { report, isGoodbye } = readRtcp(bytes, begin, end);
    if (report) {
      this.#latestReport = report;
      this.#senderClock.take(report);
    }
    if (isGoodbye) throw streamError('closed-by-camera', diagnosisOf('closed-by-camera').message);
  }

  #beginSource(source: number): void {
    if (this.#source !== undefined) {
      this.#assembler.gap();
      this.sequence.restart();
      this.#senderClock.forget();
      this.#latestReport = undefined;
      this.#finish();
      this.#lastTime = undefined;
    }
    this.#source = source;
  }

  #beginTime(time: number): void {
    if (this.#unitTime !== undefined) this.#finish();
    this.#unitTime = time;
    this.#assembler.beginTime();
  }

  #finish(): void {
    const unit = this.#assembler.finish();
    if (!unit || this.#unitTime === undefined) return;
    const time = this.#unwrap(this.#unitTime);
    this.#lastTime = time;
    const ptsUs = time * this.#ticksToUs;
    // Named one by one: V8 adds what is spread property by property, at a twentieth of the thread's time.
    const { data, memory, isKeyframe } = unit;
    this.#onPacket({
      data,
      memory,
      isKeyframe,
      ptsUs,
      dtsUs: ptsUs,
      durationUs: 0,
      producedAt: this.#senderClock.wallTimeAt(time),
    });
  }

  /** 32 bits of 90 kHz begin anew every 13 hours. */
  #unwrap(time: number): number {
    if (this.#lastTime === undefined) return time;
    const step = (time - this.#lastTime) | 0;
    this.#noteOrder(step < 0 && step > -maxReorder * this.#track.clockRate);
    return this.#lastTime + step;
  }

  #noteOrder(isSlip: boolean): void {
    if (this.#windowUnits-- <= 0) {
      this.#slips = 0;
      this.#windowUnits = slipWindowUnits;
    }
    if (isSlip && ++this.#slips > maxSlips) {
      throw unusualStream('its pictures are not in the order of their times (B-frames)');
    }
  }
}
