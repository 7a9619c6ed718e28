import type { CameraStatus } from '../../../core/schema/health.ts';
import type { FirstPictures } from '../../simulator/messages.ts';
import { frameMs, type Showing, showingsWithin } from '../../simulator/timeline.ts';
import type { Town } from '../../town.ts';
import type { Span } from './activity.ts';
import type { BusObserver, StoredAlert } from './bus-observer.ts';

/** An alert on its reel's own time, in milliseconds since the reel's first picture. */
export interface TimedAlert {
  scenarioId: string;
  startedMs: number;
  capturedMs: number;
  /** When JetStream had it. */
  storedMs: number;
}

/** One showing of a reel in which something happens, as the program met it. */
export interface Sighting {
  cameraId: string;
  reelId: string;
  alerts: readonly TimedAlert[];
  /** When the camera was said to be awake, on the reel's time, from shortly before it. */
  tiers: readonly { atMs: number; isAwake: boolean }[];
}

export interface Seen {
  sightings: readonly Sighting[];
  /** Alerts of cameras in whose view nothing was happening. */
  strayAlerts: readonly { cameraId: string; scenarioId: string; capturedAt: number }[];
}

/** An alert may be about what has just gone out of sight. */
const aftermathMs = 8000;
/** Statuses come every second. */
const tierMemoryMs = 1500 + frameMs;

/** What of the town's plans fell into a span, and what became of it. */
export const toSeen = (
  { cameras, plans, reels }: Pick<Town, 'cameras' | 'plans' | 'reels'>,
  firstAt: FirstPictures,
  observer: Pick<BusObserver, 'alerts' | 'statuses'>,
  span: Span,
): Seen => {
  const quiet = new Set(reels.filter(({ window }) => !window).map(({ id }) => id));
  const perCamera = cameras.map(({ id }, index): Seen => {
    const plan = plans[index];
    const first = firstAt[id];
    if (!plan || first === undefined) return { sightings: [], strayAlerts: [] };
    const reach = { from: span.from - longestReelMs - aftermathMs, to: span.to };
    const busy = showingsWithin(plan, first, reach).filter(({ reelId }) => !quiet.has(reelId));
    const mine = observer.alerts.filter(({ alert }) => alert.cameraId === id);
    const statuses = observer.statuses.get(id) ?? [];
    const whole = busy.filter(({ startsAt, endsAt }) => startsAt >= span.from && endsAt <= span.to);
    return {
      sightings: whole.map((showing) => toSighting(id, showing, mine, statuses)),
      strayAlerts: mine
        .filter(({ alert: { capturedAt } }) => capturedAt >= span.from && capturedAt < span.to)
        .filter(({ alert }) => !busy.some((showing) => isOf(showing, alert.capturedAt)))
        .map(({ alert: { cameraId, scenarioId, capturedAt } }) => ({ cameraId, scenarioId, capturedAt })),
    };
  });
  return {
    sightings: perCamera.flatMap(({ sightings }) => sightings),
    strayAlerts: perCamera.flatMap(({ strayAlerts }) => strayAlerts),
  };
};

/** No reel in which something happens is longer. */
const longestReelMs = 24_000;

const isOf = ({ startsAt, endsAt }: Showing, at: number): boolean =>
  at >= startsAt && at < endsAt + aftermathMs;

const toSighting = (
  cameraId: string,
  showing: Showing,
  alerts: readonly StoredAlert[],
  statuses: readonly CameraStatus[],
): Sighting => ({
  cameraId,
  reelId: showing.reelId,
  alerts: alerts
    .filter(({ alert }) => isOf(showing, alert.capturedAt))
    .map(({ alert, storedAt }) => ({
      scenarioId: alert.scenarioId,
      startedMs: Math.round(alert.startedAt - showing.startsAt),
      capturedMs: Math.round(alert.capturedAt - showing.startsAt),
      storedMs: Math.round(storedAt - showing.startsAt),
    })),
  tiers: statuses
    .filter(({ at }) => at >= showing.startsAt - tierMemoryMs && at < showing.endsAt)
    .map(({ at, tier }) => ({ atMs: Math.round(at - showing.startsAt), isAwake: tier === 'awake' })),
});
