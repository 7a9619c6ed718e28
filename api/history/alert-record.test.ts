import { expect, test } from 'vitest';
import {
  alertIdAt,
  laterEvent,
  messagesOf,
  neighbour,
  raisedAlert,
  randomFrom,
  startAt,
  storyOf,
} from '../../test/fixtures/api/alert-events.ts';
import {
  type AlertRecord,
  fromAlertRow,
  mergeEvents,
  raisedAtOf,
  toAlert,
  toAlertRow,
} from './alert-record.ts';

const story = messagesOf(storyOf(raisedAlert()), 40);
const alertOf = (record: AlertRecord | undefined) => record && toAlert(record);

test('an alert id says when the alert was raised', () => {
  expect(raisedAtOf(alertIdAt(startAt))).toBe(startAt);
});

test('events in order make the alert', () => {
  const alert = alertOf(mergeEvents(undefined, story));

  expect(alert).toMatchObject({ state: 'resolved', lastSequence: 45, endedAt: startAt + 9000 });
  expect(alert?.steps.map((step) => step.state)).toEqual(['raised', 'acknowledged', 'resolved']);
  expect(alert?.snapshot.state).toBe('ready');
});

test('any order and any repetition of the same events make the same alert', () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const random = randomFrom(seed);
  const expected = alertOf(mergeEvents(undefined, story));
  for (let round = 0; round < 200; round++) {
    const offered = [...story, ...story.filter(() => random() < 0.5)].sort(() => random() - 0.5);
    let record: AlertRecord | undefined;
    while (offered.length > 0) {
      record = mergeEvents(record, offered.splice(0, 1 + Math.floor(random() * 4)));
      if (record && random() < 0.3) record = fromAlertRow({ ...toAlertRow(record) });
    }
    expect(alertOf(record), `seed ${seed} round ${round}`).toEqual(expected);
  }
});

test('events that are no news give the same record', () => {
  const record = mergeEvents(undefined, story);

  expect(mergeEvents(record, story)).toBe(record);
});

test('an event sent again under a later number changes only the version of the row', () => {
  const record = mergeEvents(undefined, story);
  const repeated = story.map((message) => ({ ...message, sequence: message.sequence + 100 }));

  expect(mergeEvents(record, repeated)).toBe(record);
});

test('events that come before the raising are kept for it', () => {
  const record = mergeEvents(undefined, story.slice(1));

  expect(alertOf(record)).toBeUndefined();
  expect(record && toAlertRow(record)).toMatchObject({ is_raised: false, place: '431103110201' });
  expect(alertOf(mergeEvents(record, story.slice(0, 1)))?.state).toBe('resolved');
});

test('an event that names another place is not believed', () => {
  const alert = raisedAlert();
  const foreign = laterEvent(
    { ...alert, place: neighbour },
    { type: 'transition', to: 'closed', by: 'mallory' },
  );
  const record = mergeEvents(undefined, messagesOf([...storyOf(alert).slice(0, 1), foreign]));

  expect(alertOf(record)?.state).toBe('raised');
});
