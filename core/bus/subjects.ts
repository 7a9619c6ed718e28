/**
 * Subjects carry a place level by level, so that every level can be subscribed: province 2 digits, prefecture 2,
 * county 2, township 3, village 3. A camera that belongs to the township itself stands under village `000`.
 */
const levels = [2, 2, 2, 3, 3] as const;

/** `431103110201` → `43.11.03.110.201`; a shorter code gives fewer tokens. */
export const placeTokens = (code: string): string => {
  const tokens: string[] = [];
  let start = 0;
  for (const length of levels) {
    if (start >= code.length) break;
    tokens.push(code.slice(start, start + length));
    start += length;
  }
  return tokens.join('.');
};

const cameraTokens = (place: string, cameraId: string): string =>
  `${placeTokens(place.length === 9 ? `${place}000` : place)}.${cameraId}`;

/** One subject per alert: compare-and-set per alert works, and raising one is idempotent for ever. */
export const alertSubject = (alert: { place: string; cameraId: string; alertId: string }): string =>
  `alerts.${cameraTokens(alert.place, alert.cameraId)}.${alert.alertId}`;

/** All alerts of one camera, also from before it was moved to another place. */
export const cameraAlertsFilter = (cameraId: string): string => `alerts.*.*.*.*.*.${cameraId}.*`;

/** One alert wherever it was raised. */
export const anyAlertFilter = (alertId: string): string => `alerts.*.*.*.*.*.*.${alertId}`;

/** The last token lets a ground's filter find what belongs to the ground itself. */
export const trackSubject = ({ place }: { place: string }): string => `tracks.${placeTokens(place)}.chunk`;

export const observationSubject = (chunk: { place: string; cameraId: string }): string =>
  `observations.${cameraTokens(chunk.place, chunk.cameraId)}`;
export const countSubject = (row: { place: string; cameraId: string }): string =>
  `counts.${cameraTokens(row.place, row.cameraId)}`;

export const healthSubject = (status: { place: string; cameraId: string }): string =>
  `health.${cameraTokens(status.place, status.cameraId)}`;

/** One subject for all: the audit log is one chain. */
export const auditSubject = 'audit.log';

export const roleSubject = (status: { role: string; id: string }): string =>
  `roles.${status.role}.${status.id}`;

/** The last token lets a ground's filter find what was written for the ground itself. */
export const handoverSubject = ({ ground }: { ground: string }): string =>
  `handovers.${placeTokens(ground)}.note`;

/** Where the worker that holds a camera answers questions about it. */
export const explainSubject = (cameraId: string): string => `explain.${cameraId}`;

/** Where the worker that holds a camera says how its pictures are had. */
export const liveDoorSubject = (cameraId: string): string => `live.${cameraId}`;

/** Where whoever owns the history answers what would have been alerted to. */
export const whatIfSubject = 'whatif';

/** Where whoever acts for alerts takes commands to loudspeakers. */
export const loudspeakerSubject = 'commands.loudspeakers';

/** Where whoever tells webhooks takes answer links to responders. Nothing keeps what passes here. */
export const answerSubject = 'commands.answers';

/** Everything of a kind on the ground below a place: `groundFilter('alerts', '431103110')` → `alerts.43.11.03.110.>`. */
export const groundFilter = (
  kind: 'alerts' | 'handovers' | 'tracks' | 'counts' | 'health',
  code: string,
): string => `${kind}.${placeTokens(code)}.>`;

/** A subscriber's name on the bus: of its user, its account and its durable consumer. */
export const feedName = (subscriberId: string): string => `feed-${subscriberId}`;

/** Before every answer to a subscriber. */
export const feedInbox = (subscriberId: string): string => `_INBOX_${subscriberId}`;

/** Where a subscriber asks to have its feed begin again at an earlier time. */
export const feedRewindSubject = (subscriberId: string): string => `feeds.rewind.${subscriberId}`;

/** JetStream's own subjects of a subscriber's durable consumer. */
export const feedSubjects = (subscriberId: string): { pull: string; acknowledge: string } => ({
  pull: `$JS.API.CONSUMER.MSG.NEXT.ALERTS.${feedName(subscriberId)}`,
  acknowledge: `$JS.ACK.ALERTS.${feedName(subscriberId)}.>`,
});
