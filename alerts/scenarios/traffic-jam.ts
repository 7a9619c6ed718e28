import type { Polygon } from '../../core/schema/geometry.ts';
import { isVehicle } from '../../core/schema/vehicle-labels.ts';
import type { Track } from '../../core/stages.ts';
import { footPoint, isInside } from './geometry.ts';
import type { Scene } from './scene.ts';
import { hasArrived } from './standing-place.ts';

/** Two that stand may have met; three that stand or creep wait for something. */
const leastWaiting = 3;
/** Sizes of its own box a second: a car at walking pace. */
const creeping = 0.3;
/** The last of a queue drives off so long after the others, at the latest. */
const calmMs = 30_000;

/** Whether vehicles stand in a zone because all of them do: 拥堵, a red light, a level crossing. */
export class TrafficJam {
  readonly #zone: Polygon;
  #seenAt = Number.NEGATIVE_INFINITY;

  constructor(zone: Polygon) {
    this.#zone = zone;
  }

  look({ tracks, now }: Scene): void {
    const inZone = tracks.filter(
      ({ label, box, isConfirmed }) =>
        isConfirmed && isVehicle(label) && isInside(footPoint(box), this.#zone),
    );
    const waiting = inZone.filter(isWaiting);
    if (waiting.length >= leastWaiting && waiting.length * 2 > inZone.length) this.#seenAt = now;
  }

  /** It is, or was a moment ago. */
  isOn(now: number): boolean {
    return now - this.#seenAt < calmMs;
  }
}

/** A parked one, which nobody saw come, waits for nothing. */
const isWaiting = (track: Track): boolean => (track.stillMs > 0 ? hasArrived(track) : track.speed < creeping);
