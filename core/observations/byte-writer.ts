const firstBytes = 1024;
const text = new TextEncoder();

/** Bytes one after the other, in a buffer that grows and is used again. */
export class ByteWriter {
  #bytes = new Uint8Array(firstBytes);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  byte(value: number): void {
    if (this.#length === this.#bytes.length) this.#grow(this.#length + 1);
    this.#bytes[this.#length++] = value;
  }

  /** A whole number from 0 to 2^53, seven bits a byte, the lowest first (LEB128). */
  count(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.byte((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.byte(rest);
  }

  /** A whole number between -2^53 and 2^53; small ones of either sign are short. The first byte has the sign and six bits. */
  signed(value: number): void {
    const size = Math.abs(value);
    const first = (size % 0x40) * 2 + (value < 0 ? 1 : 0);
    if (size < 0x40) {
      this.byte(first);
      return;
    }
    this.byte(first | 0x80);
    this.count(Math.floor(size / 0x40));
  }

  text(value: string): void {
    const bytes = text.encode(value);
    this.count(bytes.length);
    this.#grow(this.#length + bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** A copy of what was written; begins anew. */
  take(): Uint8Array {
    const taken = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    return taken;
  }

  #grow(needed: number): void {
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
