import { expect, test } from 'vitest';
import { createTracker } from './tracker.ts';

test('follows 300 objects and counts those beyond', () => {
  const tracker = createTracker({ cameraId: 'square', place: '431103110201' });
  const detections = Array.from({ length: 320 }, (_, index) => ({
    label: 'person' as const,
    score: 0.9,
    box: { x: (index % 20) / 20, y: Math.floor(index / 20) / 20, w: 0.02, h: 0.04 },
  }));

  const { tracks, unfollowed } = tracker.update(detections, 1_000);

  expect(tracks).toHaveLength(300);
  expect(unfollowed).toBe(20);
});
