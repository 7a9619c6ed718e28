import { Compile } from 'typebox/compile';
import { expect, test } from 'vitest';
import { createMetrics } from '../../core/metrics.ts';
import { SimulatedClock } from '../../core/runtime/simulated-clock.ts';
import { CameraStatus } from '../../core/schema/health.ts';
import { testCamera } from '../../test/fixtures/ingest/test-camera.ts';
import { RefusedCameras } from './refused-cameras.ts';

const open = () => {
  const clock = new SimulatedClock();
  const metrics = createMetrics();
  return { clock, metrics, refused: new RefusedCameras({ workerId: 'worker-1', clock, metrics }) };
};

test('says of a refused camera since when it waits, for what, and what to do', async () => {
  const { clock, refused } = open();
  const since = clock.now();
  refused.statuses([testCamera('a')]);
  await clock.advance(5000);

  const [status] = refused.statuses([testCamera('a')]);

  expect(status).toMatchObject({ state: 'waiting', cause: 'no-capacity', since, at: since + 5000 });
  expect(status?.message).toContain('add a worker or cores');
  expect([...Compile(CameraStatus).Errors(status)]).toEqual([]);
});

test('counts every time that a camera finds no room, and shows how many wait', async () => {
  const { metrics, refused } = open();
  for (const ids of [['a', 'b'], ['a', 'b'], ['b'], ['a', 'b']])
    refused.statuses(ids.map((id) => testCamera(id)));

  const text = await metrics.text();
  expect(text).toContain('xueliang_worker_refusals_total 3');
  expect(text).toContain('xueliang_worker_refused_cameras 2');
});
