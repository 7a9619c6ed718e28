import type { ScenarioKind } from '../../core/schema/scenario.ts';
import { nearness, type Spot } from './near.ts';

/** An alert as far as telling what it belongs to takes. Times are those of the machines, not of the cameras. */
export interface Happening {
  alertId: string;
  /** The camera it is of, and the others it is about. */
  cameraIds: readonly string[];
  spot: Spot;
  kind: ScenarioKind;
  /** The alerts that it is made of. */
  parts: readonly string[];
  begunAt: number;
  raisedAt: number;
  /** Absent while it goes on. */
  overAt?: number;
}

/** What lies this far apart in time may still be one event: people walk from one camera to the next. */
const sameEventMs = 300_000;
/** Where nothing but the village is the same, only the same thing at the same time is. */
const sameMomentMs = 60_000;

/**
 * Whether an alert belongs together with an earlier one: a part of it, on the same camera or near it within five
 * minutes, or of the same kind in the same village within one minute.
 */
export const belongsTogether = (earlier: Happening, later: Happening): boolean => {
  if (later.parts.includes(earlier.alertId)) return true;
  const apartMs = Math.max(
    later.begunAt - (earlier.overAt ?? later.begunAt),
    earlier.begunAt - (later.overAt ?? later.raisedAt),
  );
  if (apartMs > sameEventMs) return false;
  if (earlier.cameraIds.some((id) => later.cameraIds.includes(id))) return true;
  const how = nearness(earlier.spot, later.spot);
  if (how !== 'village') return how === 'near';
  return earlier.kind === later.kind && Math.abs(later.begunAt - earlier.begunAt) <= sameMomentMs;
};
