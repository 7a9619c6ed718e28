import type { LiveChunk } from '../../core/stages.ts';
import type { EncodedPacket } from '../ring/encoded-packet.ts';
import type { PacketRing } from '../ring/packet-ring.ts';
import { Fragmenter } from './fragmenter.ts';

/** Makes fragments of a camera's packets while somebody watches, once for all who do. */
export class LiveTap {
  readonly #ring: Pick<PacketRing, 'span'>;
  readonly #onChunk: (chunk: LiveChunk) => void;
  #fragmenter: Fragmenter | undefined;

  constructor(ring: Pick<PacketRing, 'span'>, onChunk: (chunk: LiveChunk) => void) {
    this.#ring = ring;
    this.#onChunk = onChunk;
  }

  get isWanted(): boolean {
    return this.#fragmenter !== undefined;
  }

  /** Begins with the open GOP, so that the first picture is there at once, or ends. */
  want(isWanted: boolean): void {
    this.#fragmenter = isWanted ? new Fragmenter() : undefined;
    if (!isWanted) return;
    for (const packet of this.#ring.span(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)) {
      this.onPacket(packet);
    }
  }

  onPacket(packet: EncodedPacket): void {
    for (const chunk of this.#fragmenter?.take(packet) ?? []) this.#onChunk(chunk);
  }
}
