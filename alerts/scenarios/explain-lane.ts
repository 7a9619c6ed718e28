import type { Label } from '../../core/schema/label.ts';
import type { Track } from '../../core/stages.ts';
import { explainDwell, explainOpen, type WatchExplanation } from './explain.ts';
import type { Scene } from './scene.ts';
import type { StandingPlace } from './standing-place.ts';
import type { Ongoing } from './watch.ts';

/** A lane as it was at the last look. */
export interface Lane {
  ongoing: readonly Ongoing[];
  places: readonly StandingPlace[];
  /** Vehicles in the lane, believed or not, standing or not. */
  vehicles: readonly Track[];
  wanted: ReadonlySet<Label>;
  limitDwellMs: number;
}

/** How near a lane is to an alert: what goes on comes first, then what stands longest, then what passes. */
export const explainLane = (lane: Lane, scene: Scene): WatchExplanation => {
  const { ongoing, places, vehicles, wanted } = lane;
  const [open] = ongoing;
  if (open) return explainOpen(open);
  const [pending] = places.filter(({ isKnown }) => !isKnown).sort((a, b) => a.since - b.since);
  if (pending) return explainStanding(pending, lane, scene);
  if (places.length > 0)
    return { state: 'suppressed', missing: [{ what: 'suppressed', why: 'known-vehicle' }] };
  const believed = vehicles.find(({ isConfirmed }) => isConfirmed);
  if (believed) return { state: 'building', missing: [{ what: 'standstill', label: believed.label }] };
  if (vehicles.length > 0) return { state: 'idle', missing: [{ what: 'unconfirmed' }] };
  return { state: 'idle', missing: [{ what: 'nobody', labels: [...wanted] }] };
};

const explainStanding = (place: StandingPlace, lane: Lane, scene: Scene): WatchExplanation => {
  const { wanted, limitDwellMs } = lane;
  const haveMs = place.dwellMs(scene.now);
  const { label } = place;
  if (place.isAttended(scene.now) && label !== undefined) {
    const dwell = { what: 'dwell' as const, haveMs: Math.round(haveMs), needMs: limitDwellMs };
    return { state: 'building', missing: [{ what: 'attended', label }, dwell] };
  }
  if (haveMs >= limitDwellMs && !place.isBelieved(wanted))
    return { state: 'building', missing: [{ what: 'unconfirmed' }] };
  return explainDwell({ haveMs, needMs: limitDwellMs, label }, place.track !== undefined);
};
