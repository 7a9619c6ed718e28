import { expect, test } from 'vitest';
import { scriptedAlert } from '../scripted-alert.ts';
import { logEntries } from './log-entries.ts';

type Picture = NonNullable<ReturnType<typeof scriptedAlert>['pictures']>[number];
const picture = (n: number, when: 'before' | 'after', at: number): Picture => ({
  ...{ n, when, at, by: 'responder:zhou', sha256: 'f'.repeat(64) },
  ...{ sizeBytes: 9, width: 4, height: 3 },
});

test('pictures from the spot stand between the steps, those sent together as one', () => {
  const entries = logEntries(
    scriptedAlert(1, {
      steps: [
        { state: 'raised', at: 0 },
        { state: 'onScene', at: 100, by: 'responder:zhou' },
        { state: 'resolved', at: 900, by: 'responder:zhou' },
      ],
      actions: [{ at: 50, action: 'talkDown', target: 'horn', outcome: 'accepted' }],
      pictures: [picture(1, 'before', 200), picture(2, 'before', 250), picture(3, 'after', 800)],
    }),
  );

  expect(
    entries.map((one) =>
      one.what === 'pictures' ? `${one.when} ${one.pictures.map(({ n }) => n)}` : `${one.what} ${one.at}`,
    ),
  ).toEqual(['step 0', 'action 50', 'step 100', 'before 1,2', 'after 3', 'step 900']);
});

test('a picture that comes much later stands by itself', () => {
  const entries = logEntries(
    scriptedAlert(1, { pictures: [picture(1, 'after', 2000), picture(2, 'after', 3_600_000)] }),
  );

  expect(entries.filter(({ what }) => what === 'pictures')).toHaveLength(2);
});
