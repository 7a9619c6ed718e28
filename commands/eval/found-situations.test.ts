import { expect, test } from 'vitest';
import { endedOf, raisedOf } from '../../test/fixtures/alerts/numbered-events.ts';
import { raisedAlert } from '../../test/fixtures/api/alert-events.ts';
import { FoundSituations } from './found-situations.ts';

const { startedAt, capturedAt, raisedAt } = raisedAlert({});
const startAt = startedAt - 3000;

test('puts an alert on the time of the clip, from its beginning to its end', () => {
  const situations = new FoundSituations(startAt);
  situations.note(raisedOf(1));
  situations.note(endedOf(1));

  expect(situations.all(90_000)).toMatchObject([
    { startedMs: 3000, raisedMs: capturedAt - startAt, endedMs: raisedAt + 50_000 - startAt },
  ]);
});

test('lets what is not over go on to the end of the clip', () => {
  const situations = new FoundSituations(startAt);
  situations.note(raisedOf(1));

  expect(situations.all(90_000)).toMatchObject([{ endedMs: 90_000 }]);
});
