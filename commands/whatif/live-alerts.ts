import type { EarlierAlert } from '../../alerts/index.ts';
import type { History } from '../../api/history/index.ts';
import type { Alert } from '../../core/schema/alert.ts';

/** As far back as a worker looks for open alerts when it takes a camera up. */
const lookBackMs = 30 * 86_400_000;
/** Between the arrival of the frame that decided and the alert's own time lies no more. */
const raiseDelayMs = 10 * 60_000;
const perPage = 500;

export interface LiveAlertsQuery {
  ground: string;
  scenarioIds: readonly string[];
  startAt: number;
  to: number;
}

/** Alerts that scenarios raised at the time, and what they had raised before, by camera; oldest first. */
export const loadLiveAlerts = async (
  history: Pick<History, 'alerts'>,
  { ground, scenarioIds, startAt, to }: LiveAlertsQuery,
  pause: () => Promise<void>,
): Promise<Map<string, Alert[]>> => {
  const found: Alert[] = [];
  let olderThan: string | undefined;
  for (;;) {
    const page = await history.alerts({
      placePrefix: ground,
      from: Math.max(0, startAt - lookBackMs),
      to: to + raiseDelayMs,
      scenarioIds,
      ...{ kinds: [], severities: [], states: [], cameraIds: [] },
      ...(olderThan === undefined ? {} : { olderThan }),
      limit: perPage,
    });
    found.push(...page.alerts);
    olderThan = page.alerts.at(-1)?.alertId;
    await pause();
    if (!page.hasMore || olderThan === undefined) break;
  }
  const byCamera = new Map<string, Alert[]>();
  for (const alert of found.reverse()) {
    byCamera.set(alert.cameraId, [...(byCamera.get(alert.cameraId) ?? []), alert]);
  }
  return byCamera;
};

/** Longer than anything that is over is remembered. */
const rememberMs = 25 * 3_600_000;

/** What a worker that had begun at that moment would have known of them. */
export const alertsAt = (alerts: readonly Alert[], at: number): EarlierAlert[] =>
  alerts
    .filter(
      ({ receivedAt, endedAt }) => receivedAt < at && (endedAt === undefined || endedAt > at - rememberMs),
    )
    .map(({ endedAt, ...alert }) => (endedAt === undefined || endedAt >= at ? alert : { ...alert, endedAt }));
