export interface RtspRequest {
  method: string;
  url: string;
  headers: ReadonlyMap<string, string>;
}

/** More than any client of ours sends in one request. */
const maxRequestBytes = 16_384;
const interleavedMark = 0x24;
const framingBytes = 4;

/** Cuts what a client sends into requests. Interleaved packets (its receiver reports) and bodies are skipped. */
export class RequestParser {
  #rest: Buffer = Buffer.alloc(0);

  /** Throws when there is no end to a request. */
  push(chunk: Buffer): RtspRequest[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const requests: RtspRequest[] = [];
    while (this.#rest.length > 0) {
      const taken = this.#rest[0] === interleavedMark ? this.#skipInterleaved() : this.#takeRequest(requests);
      if (!taken) break;
    }
    if (this.#rest.length > maxRequestBytes) throw new RangeError('a request without an end');
    return requests;
  }

  #skipInterleaved(): boolean {
    if (this.#rest.length < framingBytes) return false;
    const end = framingBytes + this.#rest.readUInt16BE(2);
    if (this.#rest.length < end) return false;
    this.#rest = this.#rest.subarray(end);
    return true;
  }

  #takeRequest(requests: RtspRequest[]): boolean {
    const end = this.#rest.indexOf('\r\n\r\n');
    if (end < 0) return false;
    const [first = '', ...lines] = this.#rest.toString('latin1', 0, end).split('\r\n');
    const headers = new Map(lines.map((line): [string, string] => toHeader(line)));
    const bodyEnd = end + 4 + Math.max(0, Number(headers.get('content-length') ?? 0) || 0);
    if (this.#rest.length < bodyEnd) return false;
    this.#rest = this.#rest.subarray(bodyEnd);
    const [method = '', url = ''] = first.split(' ');
    requests.push({ method, url, headers });
    return true;
  }
}

const toHeader = (line: string): [string, string] => {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
};
