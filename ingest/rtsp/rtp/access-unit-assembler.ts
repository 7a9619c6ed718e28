import { unusualStream } from '../unusual-stream.ts';
import type { NalRules } from './nal-rules.ts';
import { PacketSlab, type SlabUnit } from './packet-slab.ts';
import type { ParameterSets } from './parameter-sets.ts';

/** In Annex B form, with start codes of four bytes. */
export interface AccessUnit extends SlabUnit {
  isKeyframe: boolean;
}

/**
 * Puts NAL units and their fragments together into access units.
 *
 * A unit of which something is missing is dropped: half a picture decodes to a grey or smeared lower part that looks
 * like a change in the scene. The units after it are passed on, because the decoder conceals one missing reference well.
 * Not so when a keyframe is lost: what refers to it would be drawn over the scene of the GOP before, so all is dropped
 * until the next keyframe.
 */
export class AccessUnitAssembler {
  readonly #rules: NalRules;
  readonly #sets: ParameterSets;
  readonly #slab = new PacketSlab();
  /** The NAL unit under way: its type and where in the access unit it begins. */
  #nal: { type: number; at: number } | undefined;
  #hasSlice = false;
  #isKeyframe = false;
  #isDamaged = false;
  #isAfterGap = false;
  #isTimeNew = true;
  #needsKeyframe = false;
  #dropped = 0;

  constructor(rules: NalRules, sets: ParameterSets) {
    this.#rules = rules;
    this.#sets = sets;
  }

  /** A unit without a slice is no picture, and goes in front of the next. */
  get hasSlice(): boolean {
    return this.#hasSlice;
  }

  /** Units dropped: incomplete, or of use only behind a keyframe that was. */
  get dropped(): number {
    return this.#dropped;
  }

  /** RTP packets are missing between the last piece and the next. */
  gap(): void {
    if (this.#slab.size > 0) this.#isDamaged = true;
    this.#nal = undefined;
    this.#isAfterGap = true;
  }

  /** A whole NAL unit. */
  add(bytes: Buffer, from: number, to: number): void {
    if (to - from < this.#rules.headerBytes) return;
    this.#begin(this.#rules.typeOf(bytes[from] ?? 0), bytes[from + this.#rules.headerBytes]);
    this.#slab.append(bytes, from, to);
    this.#end();
  }

  /** The first fragment of a NAL unit, whose header the fragments carry in parts: `second` for H.265 alone. */
  addFirst(first: number, second: number | undefined, bytes: Buffer, from: number, to: number): void {
    this.#begin(this.#rules.typeOf(first), from < to ? bytes[from] : undefined);
    this.#slab.appendByte(first);
    if (second !== undefined) this.#slab.appendByte(second);
    this.#slab.append(bytes, from, to);
  }

  /** A later fragment. */
  addNext(type: number, bytes: Buffer, from: number, to: number): void {
    if (this.#nal) this.#slab.append(bytes, from, to);
    else if (this.#rules.isSlice(type)) {
      this.#hasSlice = true;
      this.#isDamaged = true;
      this.#isKeyframe ||= this.#rules.isKeyframe(type);
    }
  }

  /** The last fragment has been added. */
  addEnd(): void {
    this.#end();
  }

  /** Ends the access unit. Nothing when it is dropped or holds no picture. */
  finish(): AccessUnit | undefined {
    this.#end();
    const isKeyframe = this.#isKeyframe;
    const isWanted = this.#hasSlice && this.#decide(isKeyframe);
    const unit = isWanted ? this.#slab.finish() : undefined;
    this.#slab.discard();
    this.#sets.beginUnit();
    this.#hasSlice = false;
    this.#isKeyframe = false;
    this.#isDamaged = false;
    this.#isTimeNew = false;
    return unit && { data: unit.data, memory: unit.memory, isKeyframe };
  }

  /** What comes now has another RTP time than what came before. */
  beginTime(): void {
    this.#isTimeNew = true;
  }

  #decide(isKeyframe: boolean): boolean {
    if (isKeyframe) this.#needsKeyframe = this.#isDamaged;
    const isWanted = !this.#isDamaged && !this.#needsKeyframe;
    if (!isWanted) this.#dropped++;
    return isWanted;
  }

  #begin(type: number, afterHeader: number | undefined): void {
    this.#end();
    if (this.#rules.isSlice(type)) this.#beginSlice(type, afterHeader ?? 0x80);
    this.#slab.appendStartCode();
    this.#nal = { type, at: this.#slab.size };
  }

  #beginSlice(type: number, afterHeader: number): void {
    // In both codecs the first bit behind the header is 1 in the first slice of a picture alone.
    const isFirst = afterHeader >= 0x80;
    if (!this.#hasSlice && !isFirst) {
      if (this.#isAfterGap) this.#isDamaged = true;
      else if (!this.#isTimeNew) throw unusualStream('it marks the end of pictures that go on');
    }
    this.#hasSlice = true;
    this.#isAfterGap = false;
    if (this.#isKeyframe || !this.#rules.isKeyframe(type)) return;
    this.#isKeyframe = true;
    for (const set of this.#sets.missing()) {
      this.#slab.appendStartCode();
      this.#slab.append(set, 0, set.length);
    }
  }

  #end(): void {
    const nal = this.#nal;
    this.#nal = undefined;
    if (nal && this.#sets.isSet(nal.type)) this.#sets.take(nal.type, this.#slab.tail(nal.at));
  }
}
