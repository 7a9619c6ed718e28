import { eventNumber } from './event-number.ts';
import type { Alert, AlertEvent, AlertPicture, Medium, MediumState } from './schema/alert.ts';

/**
 * Takes one event into an alert. `sequence` is the event's place in the `ALERTS` stream: an event that was taken in
 * already changes nothing, so a reader may start anywhere before where it stopped. Only `raised` begins an alert;
 * any other event of an unknown alert gives undefined.
 */
export const foldAlert = (
  alert: Alert | undefined,
  event: AlertEvent,
  sequence: number,
): Alert | undefined => {
  if (alert === undefined) return event.type === 'raised' ? beginAlert(event, sequence) : undefined;
  if (sequence <= alert.lastSequence || event.alertId !== alert.alertId) return alert;
  return { ...applyEvent(alert, event), lastSequence: sequence };
};

const beginAlert = (event: AlertEvent & { type: 'raised' }, sequence: number): Alert => ({
  ...event.alert,
  state: 'raised',
  steps: [{ state: 'raised', at: event.alert.raisedAt }],
  snapshot: { state: 'pending' },
  clip: { state: 'pending' },
  comments: [],
  resumptions: 0,
  updates: 0,
  actions: [],
  lastSequence: sequence,
});

const applyEvent = (alert: Alert, event: AlertEvent): Alert => {
  switch (event.type) {
    case 'raised':
      return alert; // delivered at least once: the same raising again
    case 'mediaReady':
      return withMedium(alert, event.item.medium, { state: 'ready', item: event.item });
    case 'mediaMissing':
      return withMedium(alert, event.medium, { state: 'missing', reason: event.reason });
    case 'mediaDeleted':
      return withMedium(alert, event.medium, { state: 'deleted', reason: event.reason });
    case 'updated':
      return update(alert, event);
    case 'ended':
      return end(alert, event);
    case 'resumed':
      return resume(alert, event);
    case 'joined':
      return { ...alert, incidentId: event.incidentId };
    case 'acted':
      return { ...alert, actions: withAction(alert.actions, event) };
    case 'escalated':
      return { ...alert, escalatedTo: event.to };
    case 'transition':
      return withStep(alert, event);
    case 'commented':
      return withComment(alert, event);
    case 'pictureAdded':
      return withPicture(alert, event);
    case 'pictureDeleted':
      return withoutPicture(alert, event);
  }
};

const withStep = (
  alert: Alert,
  { to, at, by, why, responder, duplicateOf, reason }: AlertEvent & { type: 'transition' },
): Alert => {
  if (alert.steps.some((step) => step.state === to && step.at === at && step.by === by)) return alert;
  const details = Object.entries({ why, responder, duplicateOf, reason });
  const step = {
    state: to,
    at,
    by,
    ...Object.fromEntries(details.filter(([, value]) => value !== undefined)),
  };
  return { ...alert, state: to, steps: [...alert.steps, step] };
};

const update = (alert: Alert, { eventId, facts, capturedAt }: AlertEvent & { type: 'updated' }): Alert => {
  const updates = eventNumber(eventId) ?? alert.updates + 1;
  return updates > alert.updates ? { ...alert, facts, updates, updatedAt: capturedAt } : alert;
};

/**
 * An alert's going and ending take turns: end, resumption 1, end 1, resumption 2 … Only a later turn is news, so that
 * neither a repeated nor a belated event takes the alert back.
 */
const end = (alert: Alert, { eventId, endedAt }: AlertEvent & { type: 'ended' }): Alert => {
  const turn = eventNumber(eventId) ?? 0;
  const isNews = turn > alert.resumptions || (turn === alert.resumptions && alert.endedAt === undefined);
  return isNews ? { ...alert, endedAt, resumptions: turn } : alert;
};

const resume = (alert: Alert, { eventId, facts, capturedAt }: AlertEvent & { type: 'resumed' }): Alert => {
  const turn = eventNumber(eventId) ?? alert.resumptions + 1;
  if (turn <= alert.resumptions) return alert;
  const { endedAt: _, ...going } = alert;
  return { ...going, facts, resumptions: turn, resumedAt: capturedAt };
};

/** The schema's bounds. Of actions what was tried first says most, of comments what was said last. */
const maxActions = 256;
const maxComments = 256;
const maxPictures = 64;

const withComment = (alert: Alert, { at, by, text }: AlertEvent & { type: 'commented' }): Alert => ({
  ...alert,
  comments: [...alert.comments, { at, by, text }].slice(-maxComments),
});

const withAction = (
  actions: Alert['actions'],
  { at, action, target, outcome, detail }: AlertEvent & { type: 'acted' },
): Alert['actions'] =>
  [...actions, { at, action, target, outcome, ...(detail === undefined ? {} : { detail }) }].slice(
    0,
    maxActions,
  );

const withPicture = (alert: Alert, { at, by, when, item }: AlertEvent & { type: 'pictureAdded' }): Alert => {
  const { pictures = [] } = alert;
  if (pictures.length >= maxPictures || pictures.some(({ n }) => n === item.n)) return alert;
  return { ...alert, pictures: [...pictures, { ...item, when, at, by }] };
};

/** A file that is gone is gone from every picture that it was. */
const withoutPicture = (alert: Alert, { sha256, reason }: AlertEvent & { type: 'pictureDeleted' }): Alert => {
  if (alert.pictures === undefined) return alert;
  const gone = (picture: AlertPicture): AlertPicture =>
    picture.sha256 === sha256 ? { ...picture, deleted: picture.deleted ?? reason } : picture;
  return { ...alert, pictures: alert.pictures.map(gone) };
};

const mediumRanks = { pending: 0, missing: 1, ready: 2, deleted: 3 } as const;

/**
 * A medium only ever gets further: what a late or repeated event says of an earlier stage is no news. (A worker that
 * died between storing a picture and saying so may be followed by one that only knows it has none.)
 */
const withMedium = (alert: Alert, medium: Medium, next: MediumState): Alert =>
  mediumRanks[next.state] > mediumRanks[alert[medium].state] ? { ...alert, [medium]: next } : alert;

/** Every alert that `messages`, oldest first, tell of; events whose `raised` is not among them are left out. */
export const foldAlerts = (
  messages: Iterable<{ sequence: number; value: AlertEvent }>,
): Map<string, Alert> => {
  const alerts = new Map<string, Alert>();
  for (const { sequence, value } of messages) {
    const alert = foldAlert(alerts.get(value.alertId), value, sequence);
    if (alert) alerts.set(value.alertId, alert);
  }
  return alerts;
};
