import { expect, test } from 'vitest';
import { parseMetrics, sumOf } from './metrics.ts';

const text = `# HELP xueliang_ingest_cameras Cameras
# TYPE xueliang_ingest_cameras gauge
xueliang_ingest_cameras{state="live",instance="worker-1"} 12
xueliang_ingest_cameras{state="live",instance="worker-2"} 3
xueliang_ingest_cameras{state="lost",instance="worker-1"} 1
xueliang_api_history_full 0
xueliang_alerts_raise_delay_seconds_bucket{le="0.1"} 7
odd{text="a \\"b\\", c=\\"d\\""} 1e3
broken{ 1
nothing NaN
`;

test('a metric is summed over the samples that have the labels', () => {
  const samples = parseMetrics(text);

  expect(sumOf(samples, 'xueliang_ingest_cameras')).toBe(16);
  expect(sumOf(samples, 'xueliang_ingest_cameras', { state: 'live' })).toBe(15);
  expect(sumOf(samples, 'xueliang_ingest_cameras', { state: 'live', instance: 'worker-2' })).toBe(3);
  expect(sumOf(samples, 'xueliang_api_history_full')).toBe(0);
});

test('a metric that nobody has is not nought', () => {
  expect(sumOf(parseMetrics(text), 'xueliang_none')).toBeUndefined();
  expect(sumOf(parseMetrics(text), 'xueliang_ingest_cameras', { state: 'off' })).toBeUndefined();
});

test('buckets and lines that are no samples are left out, quoted quotes are not', () => {
  const samples = parseMetrics(text);

  expect(samples.map(({ name }) => name)).not.toContain('xueliang_alerts_raise_delay_seconds_bucket');
  expect(samples).toHaveLength(5);
  expect(samples.at(-1)).toEqual({ name: 'odd', labels: { text: 'a "b", c="d"' }, value: 1000 });
});
