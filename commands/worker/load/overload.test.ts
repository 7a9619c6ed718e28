import { afterEach, expect, test } from 'vitest';
import { boxAt } from '../../../test/fixtures/alerts/rehearsal.ts';
import { OverloadedWorker, type RankName } from '../../../test/fixtures/worker/overloaded-worker.ts';

let worker: OverloadedWorker;
afterEach(() => worker.close());

/** Frames looked at of a camera while time passes. */
const looksWithin = async (cameraId: RankName, seconds: number): Promise<number> => {
  const before = worker.looked.length;
  await worker.pass(seconds);
  return worker.looked.slice(before).filter((looked) => looked === cameraId).length;
};
const shedOf = (cameraId: RankName): number | undefined => worker.status(cameraId)?.dropped.shed;

test('sheds nothing while the detector keeps up', async () => {
  worker = await OverloadedWorker.open(['none', 'low', 'urgent']);
  await worker.pass(20);

  expect(worker.story).toEqual([]);
  expect([shedOf('none'), shedOf('low'), shedOf('urgent')]).toEqual([0, 0, 0]);
});

test('under a slow detector sheds by the declared order, counts it, and leaves the urgent camera its rate', async () => {
  worker = await OverloadedWorker.open(['none', 'low', 'urgent']);
  // 6.7 frames a second where 15 are wanted: 5 of the urgent camera and one of the low one fit.
  worker.costMs = 150;
  await worker.pass(20);
  const shedBefore = shedOf('low') ?? 0;

  expect(worker.story).toEqual(['none unwatched', 'low slow']);
  expect(await looksWithin('urgent', 10)).toBe(50);
  expect((shedOf('low') ?? 0) - shedBefore).toBe(40);
  expect(shedOf('none')).toBeGreaterThan(100);
  expect(shedOf('urgent')).toBe(0);
  expect(worker.status('low')?.degraded).toMatchObject({ to: 'slow' });
  expect(worker.status('urgent')?.degraded).toBeUndefined();
});

test('restores in the reverse order when the detector is quick again', async () => {
  worker = await OverloadedWorker.open(['none', 'low', 'urgent']);
  worker.costMs = 150;
  await worker.pass(20);
  worker.costMs = 10;
  await worker.pass(20);

  expect(worker.story.slice(2)).toEqual(['low as it should be', 'none as it should be']);
  expect(await looksWithin('low', 10)).toBe(50);
});

test('an alert in flight is never shed: it is raised, its pictures are asked for, its camera is looked at', async () => {
  worker = await OverloadedWorker.open(['none', 'low', 'urgent']);
  worker.detections = (cameraId) =>
    cameraId === 'low' ? [{ label: 'person', score: 0.9, box: boxAt(0.5, 0.5) }] : [];
  await worker.pass(1);
  worker.costMs = 600;
  await worker.pass(40);

  // There is not room for a look a second at both.
  expect(worker.story).toContain('urgent dormant');
  expect(worker.story).not.toContain('low dormant');
  expect(worker.status('low')?.degraded?.to).toBe('slow');
  expect(worker.events.map(({ type, cameraId }) => `${type} ${cameraId}`)).toEqual(['raised low']);
  expect(worker.evidence.map(({ alertId }) => alertId)).toEqual([worker.events[0]?.alertId]);
  expect(await looksWithin('low', 10)).toBeGreaterThanOrEqual(9);
});
