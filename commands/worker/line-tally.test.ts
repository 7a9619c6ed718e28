import { expect, test } from 'vitest';
import { createMetrics } from '../../core/metrics.ts';
import type { LineCount } from '../../core/schema/line-count.ts';
import type { LineCrossing } from '../../core/stages.ts';
import { LineTally } from './line-tally.ts';

const minute = Date.UTC(2026, 0, 5, 12);
const crossing = (change: Partial<LineCrossing> = {}): LineCrossing => ({
  ...{ cameraId: 'gate-1', place: '431103110201', scenarioId: 'crossing-1', lineId: 'line-1' },
  ...{ label: 'person', direction: 'forward', at: minute + 5000 },
  ...change,
});

const tallyOn = (takes: (row: LineCount) => boolean = () => true) => {
  const rows: LineCount[] = [];
  let ids = 0;
  const appendLineCount = (row: LineCount): Promise<void> => {
    if (!takes(row)) return Promise.reject(new Error('away'));
    rows.push(row);
    return Promise.resolve();
  };
  const metrics = createMetrics();
  const tally = new LineTally({ bus: { appendLineCount }, metrics, idSource: () => `c-${ids++}` });
  return { tally, rows, metrics };
};

test('sums crossings up by minute, line, label and direction', async () => {
  const { tally, rows } = tallyOn();
  tally.note(crossing());
  tally.note(crossing({ at: minute + 59_999 }));
  tally.note(crossing({ at: minute + 60_000 }));
  tally.note(crossing({ direction: 'backward' }));
  tally.note(crossing({ label: 'car', lineId: 'line-2' }));
  await tally.publish();

  expect(rows).toMatchObject([
    { countId: 'c-0', minute, label: 'person', direction: 'forward', count: 2 },
    { countId: 'c-1', minute: minute + 60_000, count: 1 },
    { countId: 'c-2', minute, direction: 'backward', count: 1 },
    { countId: 'c-3', minute, label: 'car', lineId: 'line-2', count: 1 },
  ]);
});

test('what crosses later in a minute that was told is a sum of its own', async () => {
  const { tally, rows } = tallyOn();
  tally.note(crossing());
  await tally.publish();
  tally.note(crossing());
  await tally.publish();
  await tally.publish();

  expect(rows.map(({ countId, count }) => [countId, count])).toEqual([
    ['c-0', 1],
    ['c-1', 1],
  ]);
});

test('what the bus does not take is offered again, the same', async () => {
  let isAway = true;
  const { tally, rows } = tallyOn(() => !isAway);
  tally.note(crossing());
  await tally.publish();
  isAway = false;
  tally.note(crossing());
  await tally.publish();

  expect(rows.map(({ countId }) => countId)).toEqual(['c-0', 'c-1']);
});

test('a bus that is away for long costs a bounded memory, and what is lost is counted', async () => {
  const { tally, rows, metrics } = tallyOn(() => false);
  for (let index = 0; index < 20_005; index++) tally.note(crossing({ at: minute + index * 60_000 }));
  await tally.publish();

  expect(rows).toEqual([]);
  expect(await metrics.text()).toContain('xueliang_line_counts_unpublished_total{outcome="refused"} 5');
});
