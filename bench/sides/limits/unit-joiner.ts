import type { VideoCodec } from '../../simulator/access-unit.ts';

const startCode = Buffer.from([0, 0, 0, 1]);
const framingBytes = 4;
const rtpHeaderBytes = 12;
const mark = 0x24;

/** Joins interleaved RTP into access units with start codes: what no receiver can do without, and nothing more. */
export class UnitJoiner {
  readonly #codec: VideoCodec;
  readonly #onUnit: (unit: Buffer) => void;
  #rest: Buffer = Buffer.alloc(0);
  #pieces: Buffer[] = [];

  constructor(codec: VideoCodec, onUnit: (unit: Buffer) => void) {
    this.#codec = codec;
    this.#onUnit = onUnit;
  }

  push(chunk: Buffer): void {
    const data = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    while (at + framingBytes <= data.length) {
      if (data[at] !== mark) {
        const end = data.indexOf('\r\n\r\n', at);
        if (end < 0) break;
        at = end + 4; // an answer without a body
        continue;
      }
      const end = at + framingBytes + data.readUInt16BE(at + 2);
      if (end > data.length) break;
      if (data[at + 1] === 0) this.#take(data.subarray(at + framingBytes, end));
      at = end;
    }
    this.#rest = data.subarray(at);
  }

  #take(packet: Buffer): void {
    if (this.#codec === 'h264') this.#takeH264(packet);
    else this.#takeH265(packet);
    if (((packet[1] ?? 0) & 0x80) === 0) return;
    this.#onUnit(Buffer.concat(this.#pieces));
    this.#pieces = [];
  }

  #takeH264(packet: Buffer): void {
    const indicator = packet[rtpHeaderBytes] ?? 0;
    if ((indicator & 0x1f) !== 28) {
      this.#addWhole(packet);
      return;
    }
    const header = packet[rtpHeaderBytes + 1] ?? 0;
    const nalHeader = Buffer.from([(indicator & 0xe0) | (header & 0x1f)]);
    this.#addFragment(header, nalHeader, packet.subarray(rtpHeaderBytes + 2));
  }

  #takeH265(packet: Buffer): void {
    const first = packet[rtpHeaderBytes] ?? 0;
    if (((first >> 1) & 0x3f) !== 49) {
      this.#addWhole(packet);
      return;
    }
    const header = packet[rtpHeaderBytes + 2] ?? 0;
    const nalHeader = Buffer.from([(first & 0x81) | ((header & 0x3f) << 1), packet[rtpHeaderBytes + 1] ?? 0]);
    this.#addFragment(header, nalHeader, packet.subarray(rtpHeaderBytes + 3));
  }

  #addWhole(packet: Buffer): void {
    this.#pieces.push(startCode, packet.subarray(rtpHeaderBytes));
  }

  #addFragment(header: number, nalHeader: Buffer, body: Buffer): void {
    if ((header & 0x80) !== 0) this.#pieces.push(startCode, nalHeader);
    this.#pieces.push(body);
  }
}
