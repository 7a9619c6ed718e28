import type { Clock } from '../../core/runtime/clock.ts';
import type { LivePicture } from '../../core/stages.ts';
import { decodeFrameAt } from '../evidence/media/frame.ts';
import { toSnapshot } from '../evidence/media/snapshot.ts';
import type { EncodedPacket } from '../ring/encoded-packet.ts';
import type { PacketRing } from '../ring/packet-ring.ts';
import { liveError } from './errors.ts';

export interface PictureTakerDeps {
  ring: Pick<PacketRing, 'span' | 'latest'>;
  clock: Clock;
}

/** Screens that ask for the same camera within this see the same picture. */
const cachedMs = 2_000;
/** An older packet is the past: the watchdog is about to say so. */
const maxAgeMs = 10_000;
/** A GOP of twenty seconds at 1080p takes about one and a half. */
const deadlineMs = 8_000;

/** The latest picture of one camera: one is made at a time, whoever asks meanwhile gets the same. */
export class PictureTaker {
  readonly #deps: PictureTakerDeps;
  #latest: { from: number; picture: Promise<LivePicture> } | undefined;

  constructor(deps: PictureTakerDeps) {
    this.#deps = deps;
  }

  /** Throws `camera-dark` or `picture-failed`. */
  take(): Promise<LivePicture> {
    const now = this.#deps.clock.monotonic();
    const before = this.#latest;
    if (before && now - before.from < cachedMs) return before.picture;
    // Until it is made nobody begins another one; what failed is tried again by who asks next.
    const latest = { from: Number.POSITIVE_INFINITY, picture: this.#make() };
    this.#latest = latest;
    latest.picture.then(
      () => {
        latest.from = now;
      },
      () => {
        this.#latest = undefined;
      },
    );
    return latest.picture;
  }

  async #make(): Promise<LivePicture> {
    const { ring, clock } = this.#deps;
    const ageMs = clock.now() - (ring.latest?.receivedAt ?? 0);
    if (ageMs > maxAgeMs) throw liveError('camera-dark', 'nothing has come from the camera lately');
    const packets = ring.span(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
    for (const packet of packets) packet.memory?.hold();
    try {
      return await draw(packets);
    } catch (cause) {
      throw liveError('picture-failed', 'what the camera sends gives no picture', { cause });
    } finally {
      for (const packet of packets) packet.memory?.release();
    }
  }
}

const draw = async (packets: readonly EncodedPacket[]): Promise<LivePicture> => {
  const signal = AbortSignal.timeout(deadlineMs);
  const decoded = await decodeFrameAt(packets, Number.POSITIVE_INFINITY, signal);
  if (!decoded) throw liveError('picture-failed', 'no picture could be decoded');
  try {
    const { jpeg, width, height } = await toSnapshot(decoded.frame, { boxes: [] });
    const packet = packets.find(({ ptsUs }) => ptsUs === decoded.ptsUs);
    return { jpeg, width, height, capturedAt: Math.round((packet ?? packets.at(-1))?.capturedAt ?? 0) };
  } finally {
    decoded.frame.free();
  }
};
