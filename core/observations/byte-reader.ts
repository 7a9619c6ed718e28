const text = new TextDecoder();
/** Seven bits each: what a number below 2^53 takes. */
const maxNumberBytes = 8;

/** Reads what a `ByteWriter` wrote. Beyond the end, and where nothing sensible stands, it gives 0 and `isBroken`. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  isBroken = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  byte(): number {
    const value = this.#bytes[this.#at];
    if (value === undefined) {
      this.isBroken = true;
      return 0;
    }
    this.#at++;
    return value;
  }

  count(): number {
    const first = this.byte();
    if (first < 0x80) return first; // most are small
    let value = first & 0x7f;
    let weight = 0x80;
    for (let index = 1; index < maxNumberBytes; index++) {
      const byte = this.byte();
      value += (byte & 0x7f) * weight;
      if (byte < 0x80) return Number.isSafeInteger(value) ? value : this.#break();
      weight *= 0x80;
    }
    return this.#break();
  }

  signed(): number {
    const first = this.byte();
    const low = (first & 0x7f) >> 1;
    const size = first < 0x80 ? low : low + this.count() * 0x40;
    if (!Number.isSafeInteger(size)) return this.#break();
    return (first & 1) === 1 ? -size : size;
  }

  text(maxBytes: number): string {
    const length = this.count();
    if (length > maxBytes || length > this.left) {
      this.#break();
      return '';
    }
    this.#at += length;
    return text.decode(this.#bytes.subarray(this.#at - length, this.#at));
  }

  #break(): number {
    this.isBroken = true;
    return 0;
  }
}
