/** Reads a parameter set bit by bit. Beyond the end there are zeros: whoever reads a broken set reads to an end. */
export class BitReader {
  readonly #bytes: Buffer;
  #at: number;

  constructor(bytes: Buffer, fromByte = 0) {
    this.#bytes = bytes;
    this.#at = fromByte * 8;
  }

  bits(count: number): number {
    let value = 0;
    for (let index = 0; index < count; index++, this.#at++) {
      const byte = this.#bytes[this.#at >> 3] ?? 0;
      value = value * 2 + ((byte >> (7 - (this.#at & 7))) & 1);
    }
    return value;
  }

  skip(count: number): void {
    this.#at += count;
  }

  /** An unsigned number in Exp-Golomb code (9.2 of ITU-T H.265). */
  number(): number {
    let zeros = 0;
    while (zeros < 32 && this.bits(1) === 0) zeros++;
    return 2 ** zeros - 1 + this.bits(zeros);
  }
}
