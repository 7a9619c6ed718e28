import { describe, expect, it, test } from 'vitest';
import {
  laterEvent,
  messagesOf,
  raisedAlert,
  raisedEvent,
  readySnapshot,
  storyOf,
} from '../test/fixtures/api/alert-events.ts';
import { foldAlert, foldAlerts } from './alert-fold.ts';
import type { Alert, AlertEvent } from './schema/alert.ts';

const alert = raisedAlert();
const fold = (...events: AlertEvent[]): Alert | undefined =>
  events.reduce<Alert | undefined>((so, event, index) => foldAlert(so, event, index + 1), undefined);
const missing = laterEvent(alert, { type: 'mediaMissing', medium: 'snapshot', reason: 'no frame' });
const deleted = laterEvent(alert, { type: 'mediaDeleted', medium: 'snapshot', reason: 'too old' });
const acknowledged = laterEvent(alert, { type: 'transition', to: 'acknowledged', by: 'wang', why: '看到了' });
const ended = laterEvent(alert, { type: 'ended', endedAt: 7 });

describe('foldAlert', () => {
  it('begins with raised: nothing is known of the rest yet', () => {
    expect(fold(raisedEvent(alert))).toEqual({
      ...alert,
      state: 'raised',
      steps: [{ state: 'raised', at: alert.raisedAt }],
      snapshot: { state: 'pending' },
      clip: { state: 'pending' },
      comments: [],
      resumptions: 0,
      updates: 0,
      actions: [],
      lastSequence: 1,
    });
  });

  it.each([
    ['ended', ended],
    ['mediaReady', readySnapshot(alert)],
    ['transition', acknowledged],
  ])('knows no alert whose first event is %s', (_, event) => {
    expect(fold(event)).toBeUndefined();
  });

  it('tells the whole story', () => {
    const folded = fold(...storyOf(alert));

    expect(folded?.steps.map(({ state }) => state)).toEqual(['raised', 'acknowledged', 'resolved']);
    expect(folded).toMatchObject({
      state: 'resolved',
      snapshot: { state: 'ready' },
      clip: { state: 'missing' },
    });
    expect(folded?.endedAt).toBe(alert.raisedAt + 9000);
    expect(folded?.lastSequence).toBe(6);
  });

  it('takes nothing in twice', () => {
    const once = fold(...storyOf(alert));

    expect(foldAlert(once, acknowledged, 6)).toBe(once);
    expect(foldAlert(once, raisedEvent(alert), 3)).toBe(once);
  });

  it('learns nothing from an event that was delivered again under a new sequence', () => {
    const events = [raisedEvent(alert), acknowledged, ended];
    const { lastSequence: _, ...once } = fold(...events) ?? {};
    const { lastSequence, ...twice } = fold(...events, ...events) ?? {};

    expect(twice).toEqual(once);
    expect(lastSequence).toBe(6);
  });

  it('takes nothing in that belongs to another alert', () => {
    const mine = fold(raisedEvent(alert));

    expect(foldAlert(mine, { ...ended, alertId: '01HZ0000000000000000000001' }, 9)).toBe(mine);
  });

  it.each([
    ['missing after ready', [readySnapshot(alert), missing], 'ready'],
    ['ready after missing', [missing, readySnapshot(alert)], 'ready'],
    ['ready after deleted', [readySnapshot(alert), deleted, readySnapshot(alert)], 'deleted'],
    ['deleted before anything', [deleted], 'deleted'],
  ])('lets a picture only get further: %s', (_, events, state) => {
    expect(fold(raisedEvent(alert), ...events)?.snapshot.state).toBe(state);
  });

  it('keeps the first end', () => {
    expect(fold(raisedEvent(alert), ended, { ...ended, endedAt: 9 } as AlertEvent)?.endedAt).toBe(7);
  });

  it('leaves the alert it was given as it was', () => {
    const before = Object.freeze(fold(raisedEvent(alert)));
    Object.freeze(before?.steps);

    expect(foldAlert(before, acknowledged, 2)?.steps).toHaveLength(2);
    expect(before?.steps).toHaveLength(1);
  });
});

it('folds all alerts of a mixed stream and leaves out those whose beginning is not there', () => {
  const other = raisedAlert({ alertId: '01HZ0000000000000000000001' });
  const unknown = laterEvent(raisedAlert({ alertId: '01HZ0000000000000000000002' }), {
    type: 'ended',
    endedAt: 1,
  });
  const alerts = foldAlerts(messagesOf([raisedEvent(alert), unknown, raisedEvent(other), ended]));

  expect([...alerts.keys()]).toEqual([alert.alertId, other.alertId]);
  expect(alerts.get(alert.alertId)?.lastSequence).toBe(4);
});

const base = {
  schemaVersion: 1,
  alertId: alert.alertId,
  cameraId: alert.cameraId,
  place: alert.place,
  at: 3,
} as const;
const facts = { dwellMs: 9000, limitDwellMs: 5000 };
const numbered = (number: number) => ({
  ...base,
  capturedAt: 20 + number,
  facts: { ...facts, count: number },
});
const resumed = (number: number): AlertEvent => ({
  ...numbered(number),
  ...{ type: 'resumed', eventId: `${alert.alertId}.resumed.${number}` },
});
const updated = (number: number): AlertEvent => ({
  ...numbered(number),
  ...{ type: 'updated', eventId: `${alert.alertId}.updated.${number}` },
});
const endedAgain: AlertEvent = { ...base, type: 'ended', eventId: `${alert.alertId}.ended.1`, endedAt: 30 };

it('goes on with what began again within its cool-down, and says how often', () => {
  const going = fold(raisedEvent(alert), ended, resumed(1));

  expect(going).toMatchObject({ facts: { ...facts, count: 1 }, resumptions: 1, resumedAt: 21 });
  expect(going).not.toHaveProperty('endedAt');
});

it.each([
  ['repeated', [ended, resumed(1), endedAgain, ended, resumed(1), endedAgain]],
  ['out of order', [endedAgain, resumed(1), ended]],
])('is not taken back by events that come %s', (_, events) => {
  expect(fold(raisedEvent(alert), ...events)).toMatchObject({ resumptions: 1, endedAt: 30 });
});

it('keeps the latest of what is known of it', () => {
  const folded = fold(raisedEvent(alert), updated(1), updated(2), updated(1));

  expect(folded).toMatchObject({ facts: { count: 2 }, updates: 2, updatedAt: 22 });
});

test('knows pictures from the spot by their numbers, each once, and which are gone', () => {
  const added = (n: number, sha: string) => {
    const item = { n, sha256: sha.repeat(64), sizeBytes: 9, width: 4, height: 3 };
    return laterEvent(alert, { type: 'pictureAdded', by: 'responder:patrol-2', when: 'after', item });
  };
  const gone = laterEvent(alert, { type: 'pictureDeleted', sha256: 'a'.repeat(64), reason: 'retention' });
  const folded = fold(raisedEvent(alert), added(1, 'a'), added(1, 'a'), added(2, 'b'), gone);

  expect(folded?.pictures).toMatchObject([
    { n: 1, when: 'after', by: 'responder:patrol-2', deleted: 'retention' },
    { n: 2, sha256: 'b'.repeat(64) },
  ]);
  expect(folded?.pictures?.[1]).not.toHaveProperty('deleted');
});
