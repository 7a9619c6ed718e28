import { describe, expect, it } from 'vitest';
import { numberedEventId } from '../../core/event-number.ts';
import type { AlertEvent, RaisedAlert } from '../../core/schema/alert.ts';
import type { Camera } from '../../core/schema/camera.ts';
import {
  alertIdAt,
  laterEvent,
  raisedAlert,
  raisedEvent,
  startAt,
} from '../../test/fixtures/api/alert-events.ts';
import { testCamera } from '../../test/fixtures/api/test-api.ts';
import { createSeededRandom, freshSeed } from '../../test/fixtures/inference/seeded-random.ts';
import { IncidentBook } from './incident-book.ts';

const minute = 60_000;
const village = '431103110201';

const alertAt = (offsetMs: number, facts: Partial<RaisedAlert> = {}, serial = 0): RaisedAlert => {
  const raisedAt = startAt + offsetMs;
  const alertId = alertIdAt(raisedAt, serial);
  return raisedAlert({ alertId, raisedAt, capturedAt: raisedAt, startedAt: raisedAt, ...facts });
};
const ended = (alert: RaisedAlert, at: number): AlertEvent =>
  laterEvent(alert, { type: 'ended', endedAt: at }, at);
const joined = (alert: RaisedAlert, incidentId: string): AlertEvent => ({
  ...laterEvent(alert, { type: 'joined', incidentId }),
  eventId: `${alert.alertId}.joined.${incidentId}`,
});

const bookOf = (cameras: readonly Camera[] = [], maxAlerts?: number) => {
  let letGo = 0;
  const book = new IncidentBook({
    findCamera: (cameraId) => cameras.find(({ id }) => id === cameraId),
    onLetGo: () => letGo++,
    ...(maxAlerts === undefined ? {} : { maxAlerts }),
  });
  const take = (...events: AlertEvent[]): IncidentBook => {
    for (const event of events) book.take(event);
    return book;
  };
  return { book, take, letGo: () => letGo };
};
const joinings = (book: IncidentBook): [string, string][] =>
  book.pending.map(({ alertId, incidentId }) => [alertId, incidentId]);

describe('IncidentBook', () => {
  it('makes nothing of an alert that is alone', () => {
    expect(joinings(bookOf().take(raisedEvent(alertAt(0))))).toEqual([]);
  });

  it('takes alerts of several scenarios on one camera together, the first one too', () => {
    const [first, second] = [alertAt(0), alertAt(minute, { kind: 'crowd', scenarioId: 'square' })];

    expect(joinings(bookOf().take(raisedEvent(first), raisedEvent(second)))).toEqual([
      [first.alertId, first.alertId],
      [second.alertId, first.alertId],
    ]);
  });

  it.each([
    ['ended less than five minutes before', minute, 5 * minute, true],
    ['ended longer before', minute, 6 * minute + 1, false],
    ['goes on', undefined, 50 * minute, true],
    ['has gone on for more than an hour', undefined, 61 * minute, false],
  ])('joins an alert that %s: %s, %s → %s', (_, endedAfterMs, laterMs, isJoined) => {
    const first = alertAt(0);
    const over = endedAfterMs === undefined ? [] : [ended(first, startAt + endedAfterMs)];
    const { book } = { book: bookOf().take(raisedEvent(first), ...over, raisedEvent(alertAt(laterMs))) };

    expect(joinings(book)).toHaveLength(isJoined ? 2 : 0);
  });

  it('knows that an alert which was resumed goes on', () => {
    const first = alertAt(0);
    const resumed: AlertEvent = {
      ...laterEvent(
        first,
        { type: 'resumed', capturedAt: startAt, facts: first.facts },
        startAt + 2 * minute,
      ),
      eventId: numberedEventId(first.alertId, 'resumed', 1),
    };
    const { take } = bookOf();
    const book = take(
      raisedEvent(first),
      ended(first, startAt + minute),
      resumed,
      raisedEvent(alertAt(9 * minute)),
    );

    expect(joinings(book)).toHaveLength(2);
  });

  it.each([
    ['of the same kind at the same time', 30_000, 'intrusion', true],
    ['of the same kind later', 2 * minute, 'intrusion', false],
    ['of another kind', 30_000, 'crowd', false],
  ] as const)('joins alerts of one village, with nothing else known, %s', (_, laterMs, kind, isJoined) => {
    const other = alertAt(laterMs, { cameraId: 'lane-2', place: village, kind });

    expect(joinings(bookOf().take(raisedEvent(alertAt(0)), raisedEvent(other)))).toHaveLength(
      isJoined ? 2 : 0,
    );
  });

  it('joins alerts of another kind at one installation', () => {
    const cameras = [
      testCamera({ installation: 'school' }),
      testCamera({ id: 'lane-2', installation: 'school' }),
    ];
    const other = alertAt(4 * minute, { cameraId: 'lane-2', kind: 'crowd' });

    expect(joinings(bookOf(cameras).take(raisedEvent(alertAt(0)), raisedEvent(other)))).toHaveLength(2);
  });

  it('joins what is made of others, wherever they are', () => {
    const part = alertAt(0, { cameraId: 'far-3', place: '431103111201' });
    const whole = alertAt(20 * minute, {
      kind: 'composite',
      facts: { ...part.facts, parts: [part.alertId] },
    });

    expect(joinings(bookOf().take(raisedEvent(part), ended(part, startAt), raisedEvent(whole)))).toHaveLength(
      2,
    );
  });

  it('lets an incident last an hour and then begins another', () => {
    const alerts = Array.from({ length: 40 }, (_, index) => alertAt(index * 3 * minute));
    const book = bookOf().take(...alerts.map(raisedEvent));
    const lasting = new Map<string, number>();
    for (const { alertId, incidentId } of book.pending) {
      const alert = alerts.find((candidate) => candidate.alertId === alertId);
      const first = alerts.find((candidate) => candidate.alertId === incidentId);
      lasting.set(incidentId, (alert?.raisedAt ?? 0) - (first?.raisedAt ?? 0));
    }

    expect([...lasting.values()].every((ms) => ms <= 60 * minute)).toBe(true);
  });

  it('holds no more than 200 alerts in one incident', () => {
    const alerts = Array.from({ length: 450 }, (_, index) => alertAt(index * 100, {}, index));
    const sizes = new Map<string, number>();
    const { take, book } = bookOf();
    for (const alert of alerts) take(raisedEvent(alert));
    for (const { incidentId } of book.pending) sizes.set(incidentId, (sizes.get(incidentId) ?? 0) + 1);

    expect([...sizes.values()]).toEqual([200, 200, 50]);
  });

  it('has nothing left to say when the stream says it, and follows the stream where it says otherwise', () => {
    const [first, second, third] = [alertAt(0), alertAt(minute), alertAt(2 * minute)];
    const { take } = bookOf();
    const book = take(
      ...[raisedEvent(first), raisedEvent(second)],
      ...[joined(first, second.alertId), joined(second, second.alertId), raisedEvent(third)],
    );

    expect(joinings(book)).toEqual([[third.alertId, second.alertId]]);
  });

  it('keeps the number of alerts in mind within bounds and counts those it lets go', () => {
    const { take, letGo } = bookOf([], 10);
    for (let index = 0; index < 25; index++) take(raisedEvent(alertAt(index * 1000, {}, index)));

    expect(letGo()).toBe(15);
  });

  it.each(Array.from({ length: 8 }, freshSeed))(
    'decides the same from the same stream, whenever it stops (seed %i)',
    (seed) => {
      const random = createSeededRandom(seed);
      let at = 0;
      const stream = Array.from({ length: 60 }, (_, index) => {
        at += random.whole(0, 4 * minute);
        return raisedEvent(alertAt(at, { cameraId: `cam-${random.whole(1, 3)}` }, index));
      });
      const whole = bookOf().take(...stream);
      const stop = random.whole(1, 59);
      const before = bookOf().take(...stream.slice(0, stop));
      const said = before.pending.map(({ alertId, incidentId }) => {
        const event = stream.find((candidate) => candidate.alertId === alertId);
        return joined(event?.type === 'raised' ? event.alert : raisedAlert(), incidentId);
      });
      const after = bookOf().take(...stream.slice(0, stop), ...said, ...stream.slice(stop));
      const decided = [...joinings(before), ...joinings(after)];

      expect(decided.filter(([id]) => joinings(whole).some(([mine]) => mine === id))).toEqual(
        joinings(whole),
      );
    },
  );
});
