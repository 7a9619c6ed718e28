import type { Writable } from 'node:stream';
import { frameMessage } from '../../../core/live/messages.ts';
import { type LiveOverlay, type LiveTier, overlayVersion } from '../../../core/live/overlay.ts';
import type { Metrics } from '../../../core/metrics.ts';
import type { OverlayListener, SeenPicture } from './live-overlays.ts';

/** Ten seconds of a camera that is looked at closely take a fifth of it. */
const maxBufferedBytes = 256 * 1024;
export const maxWaiting = 20;

/**
 * What was found, on its way to one viewer: while the connection does not take what it is given, the newest wait here
 * and the oldest are dropped. Nothing is told before the pictures begin: it would belong to none.
 */
export class OverlayQueue implements OverlayListener {
  readonly #out: Pick<Writable, 'write' | 'writableLength' | 'writableEnded'>;
  readonly #metrics: Metrics;
  #originUs: number | undefined;
  #waiting: LiveOverlay[] = [];

  constructor(out: Pick<Writable, 'write' | 'writableLength' | 'writableEnded'>, metrics: Metrics) {
    this.#out = out;
    this.#metrics = metrics;
  }

  /** Pictures follow whose media time 0 is this stream time. */
  begin(originUs: number): void {
    this.#originUs = originUs;
  }

  looked({ ptsUs, capturedAt, tracks }: SeenPicture): void {
    if (this.#originUs === undefined) return;
    const mediaSeconds = (ptsUs - this.#originUs) / 1e6;
    this.#put({ type: 'tracks', version: overlayVersion, capturedAt, mediaSeconds, tracks });
  }

  tier(tier: LiveTier): void {
    this.#put(tier);
  }

  #put(told: LiveOverlay): void {
    if (this.#out.writableEnded) return;
    this.#waiting.push(told);
    if (this.#out.writableLength > maxBufferedBytes) {
      if (this.#waiting.length <= maxWaiting) return;
      this.#waiting.shift();
      const help = 'Overlays of a slow viewer that were dropped';
      this.#metrics.count('xueliang_live_overlays_dropped_total', help);
      return;
    }
    for (const one of this.#waiting.splice(0)) this.#out.write(frameMessage(JSON.stringify(one)));
  }
}
