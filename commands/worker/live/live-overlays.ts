import { footPoint, isInside } from '../../../alerts/index.ts';
import type { FrameFacts } from '../../../core/frame-slots.ts';
import {
  type LiveTier,
  type LiveTracks,
  maxOverlayTracks,
  overlayVersion,
} from '../../../core/live/overlay.ts';
import type { Camera } from '../../../core/schema/camera.ts';
import type { CameraStatus, Tier } from '../../../core/schema/health.ts';
import type { Track } from '../../../core/stages.ts';

/** What a worker's detector found in one picture, with its time in the camera's stream. */
export interface SeenPicture {
  ptsUs: number;
  capturedAt: number;
  tracks: LiveTracks['tracks'];
}

/** Who wants to know what is found in a camera's pictures. */
export interface OverlayListener {
  looked(picture: SeenPicture): void;
  tier(tier: LiveTier): void;
}

/** Tells the viewers of a camera what was found in it, while there are any. */
export class LiveOverlays {
  readonly #listeners = new Map<string, Set<OverlayListener>>();
  readonly #tiers = new Map<string, Tier>();

  /** Tells it all of the camera until the returned function is called, and its tier at once when it is known. */
  listen(cameraId: string, listener: OverlayListener, at: number): () => void {
    const listeners = this.#listeners.get(cameraId) ?? new Set();
    this.#listeners.set(cameraId, listeners.add(listener));
    const tier = this.#tiers.get(cameraId);
    if (tier) listener.tier(toTier(tier, at));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(cameraId) === listeners)
        this.#listeners.delete(cameraId);
    };
  }

  looked({ ptsUs, capturedAt, cameraId }: FrameFacts, tracks: readonly Track[], camera: Camera): void {
    const listeners = this.#listeners.get(cameraId);
    if (!listeners) return;
    const shown = tracks.filter(({ isConfirmed }) => isConfirmed).slice(0, maxOverlayTracks);
    const picture = { ptsUs, capturedAt, tracks: shown.map((track) => toShown(track, camera)) };
    for (const listener of listeners) listener.looked(picture);
  }

  /** To be called every second. */
  tiers(statuses: readonly CameraStatus[], at: number): void {
    const known = new Map(statuses.map(({ cameraId, tier }) => [cameraId, tier]));
    for (const [cameraId, tier] of known) {
      if (this.#tiers.get(cameraId) === tier) continue;
      this.#tiers.set(cameraId, tier);
      for (const listener of this.#listeners.get(cameraId) ?? []) listener.tier(toTier(tier, at));
    }
    for (const cameraId of this.#tiers.keys()) if (!known.has(cameraId)) this.#tiers.delete(cameraId);
  }
}

const toTier = (tier: Tier, at: number): LiveTier => ({ type: 'tier', version: overlayVersion, at, tier });

const round = (share: number): number => Math.round(Math.min(1, Math.max(0, share)) * 1e4) / 1e4;

const toShown = ({ trackId, label, score, box, isSeenNow }: Track, { id, zones }: Camera) => {
  const [left, top] = [round(box.x), round(box.y)];
  const foot = footPoint(box);
  return {
    id: trackId.slice(id.length + 1),
    label,
    score: round(score),
    box: { x: left, y: top, w: round(round(box.x + box.w) - left), h: round(round(box.y + box.h) - top) },
    isSeen: isSeenNow,
    zones: (zones ?? []).filter(({ polygon }) => isInside(foot, polygon)).map((zone) => zone.id),
  };
};
