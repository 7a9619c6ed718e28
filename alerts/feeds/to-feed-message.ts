import type { Alert, AlertEvent, RaisedAlert } from '../../core/schema/alert.ts';
import { mediums } from '../../core/schema/mediums.ts';

/**
 * What leaves the site of an event: what happened, by a list of what may. Who did it, what somebody wrote, boxes and
 * tracks stay here, and so does whatever an event may say in a later version.
 */
const tellable = [
  ...['capturedAt', 'endedAt', 'medium', 'item', 'to', 'incidentId', 'duplicateOf', 'reason'],
  ...['action', 'target', 'outcome'],
] as const;

/** The body of a feed's message. `sequence` would differ between sites; order is by camera. */
export const toFeedMessage = (event: AlertEvent) => {
  const { eventId, alertId, cameraId, place, at, type } = event;
  const told = Object.fromEntries(
    Object.entries(event).filter(([key]) => tellable.some((name) => name === key)),
  );
  return {
    schemaVersion: 1,
    type: `alert.${type}`,
    ...{ eventId, alertId, cameraId, place, at },
    ...told,
    ...('facts' in event ? { facts: withoutBox(event.facts) } : {}),
    ...(event.type === 'raised' ? { alert: toToldAlert(event.alert) } : {}),
    links: toAlertLinks(alertId),
  };
};

/** What of an alert leaves the site: no picture and nothing of single persons. */
export const toToldAlert = ({
  alertId,
  siteId,
  cameraId,
  cameraName,
  otherCameras,
  place,
  ...alert
}: RaisedAlert) => {
  const { scenarioId, scenarioName, kind, severity, purpose, startedAt, capturedAt, raisedAt, facts } = alert;
  return {
    ...{ alertId, siteId, cameraId, cameraName, otherCameras, place },
    ...{ scenarioId, scenarioName, kind, severity, purpose, startedAt, capturedAt, raisedAt },
    facts: withoutBox(facts),
  };
};

/** Where the API tells more, to whoever may know it. */
export const toAlertLinks = (alertId: Alert['alertId']) => {
  const path = `/api/v1/alerts/${alertId}`;
  return { alert: path, ...Object.fromEntries(mediums.map((medium) => [medium, `${path}/${medium}`])) };
};

const withoutBox = ({ box: _box, ...facts }: Alert['facts']): Alert['facts'] => facts;
