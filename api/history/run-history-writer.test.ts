import { expect, test, vi } from 'vitest';
import { ScriptedBus } from '../../test/fixtures/api/scripted-bus.ts';
import { ScriptedHistory } from '../../test/fixtures/api/scripted-history.ts';
import { runHistoryWriter } from './run-history-writer.ts';

test('regression: thousands of tracks that wait are a few inserts, for each of them is a part to merge', async () => {
  const bus = new ScriptedBus();
  const history = new ScriptedHistory();
  const write = vi.spyOn(history, 'writeTracks');
  const row = { cameraId: 'gate-1', place: '431103110201', label: 'person' as const, endedAt: 2, frames: 1 };
  const chunkOf = (first: number) => ({
    place: row.place,
    rows: Array.from({ length: 100 }, (_, index) => ({
      ...row,
      trackId: `gate-1-${first + index}`,
      startedAt: 1,
      bestScore: 1,
      path: [[0.1, 0.2] as [number, number]],
    })),
  });
  for (let first = 0; first < 7000; first += 100) bus.push('TRACKS', chunkOf(first));
  const stopping = new AbortController();
  const writing = runHistoryWriter({ bus, history, signal: stopping.signal });

  await vi.waitFor(() => expect(write.mock.calls.flatMap(([rows]) => rows)).toHaveLength(7000), 4000);
  stopping.abort();
  await writing;

  expect(write.mock.calls.length).toBeLessThanOrEqual(2);
});
