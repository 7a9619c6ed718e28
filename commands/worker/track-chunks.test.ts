import { beforeEach, expect, test } from 'vitest';
import { createMetrics, type Metrics } from '../../core/metrics.ts';
import { maxChunkRows, type TrackChunk } from '../../core/schema/track.ts';
import { trackRow } from '../../test/fixtures/api/alert-events.ts';
import { TrackChunks } from './track-chunks.ts';

let metrics: Metrics;
let taken: TrackChunk[];
let isAway: boolean;
let chunks: TrackChunks;

beforeEach(() => {
  metrics = createMetrics();
  taken = [];
  isAway = false;
  const appendTracks = async (chunk: TrackChunk): Promise<void> => {
    if (isAway) throw new Error('away');
    taken.push(chunk);
  };
  chunks = new TrackChunks({ bus: { appendTracks }, metrics });
});

const rowsAt = (place: string, count: number) =>
  Array.from({ length: count }, (_, index) => trackRow({ place, trackId: `${place}-${index}` }));

test('tracks of one place are one message', async () => {
  chunks.put(rowsAt('431103110201', 2));
  chunks.put([...rowsAt('431103110202', 1), ...rowsAt('431103110201', 1)]);
  expect(taken).toEqual([]);

  await chunks.publish();

  expect(taken.map(({ place, rows }) => [place, rows.length])).toEqual([
    ['431103110201', 3],
    ['431103110202', 1],
  ]);
});

test('what was published is not published again', async () => {
  chunks.put(rowsAt('431103110201', 1));
  await chunks.publish();
  await chunks.publish();

  expect(taken).toHaveLength(1);
});

test('a place with a full chunk does not wait', async () => {
  chunks.put(rowsAt('431103110201', maxChunkRows + 1));

  expect(taken.map(({ rows }) => rows.length)).toEqual([maxChunkRows]);
  await chunks.publish();
  expect(taken.map(({ rows }) => rows.length)).toEqual([maxChunkRows, 1]);
});

test('every track that the bus does not take is counted', async () => {
  isAway = true;
  chunks.put(rowsAt('431103110201', 3));

  await chunks.publish();

  expect(await metrics.text()).toContain('xueliang_tracks_unpublished_total 3');
});
