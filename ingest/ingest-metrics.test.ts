import { expect, test } from 'vitest';
import { createMetrics } from '../core/metrics.ts';
import { exampleExplanation } from '../test/fixtures/explanation.ts';
import { IngestMetrics } from './ingest-metrics.ts';
import { noFaults } from './session/camera-faults.ts';

const { status } = exampleExplanation;

test('counts what threads lost, also when one begins anew', async () => {
  const metrics = createMetrics();
  const ingest = new IngestMetrics(metrics);

  ingest.statuses(0, [], { ...noFaults, lostPackets: 4, decodeErrors: 1 });
  ingest.statuses(0, [], { ...noFaults, lostPackets: 6, decodeErrors: 1 });
  ingest.threadLost(0);
  ingest.statuses(0, [], { ...noFaults, lostPackets: 3, droppedUnits: 2 });

  const text = await metrics.text();
  expect(text).toContain('xueliang_ingest_lost_packets_total 9');
  expect(text).toContain('xueliang_ingest_dropped_units_total 2');
  expect(text).toContain('xueliang_ingest_decode_errors_total 1');
});

test('says how many cameras have which fault in their picture', async () => {
  const metrics = createMetrics();
  const covered = { ...status, picture: { condition: 'covered' as const, since: status.since } };

  new IngestMetrics(metrics).gauges([covered, covered, status], []);

  const text = await metrics.text();
  expect(text).toContain('xueliang_ingest_picture_faults{condition="covered"} 2');
  expect(text).toContain('xueliang_ingest_picture_faults{condition="moved"} 0');
});
