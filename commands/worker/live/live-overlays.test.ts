import { expect, test } from 'vitest';
import type { FrameRef } from '../../../core/frame-slots.ts';
import type { LiveTier } from '../../../core/live/overlay.ts';
import { createMetrics } from '../../../core/metrics.ts';
import type { Camera } from '../../../core/schema/camera.ts';
import type { Track } from '../../../core/stages.ts';
import { cameraStatus } from '../../../test/fixtures/api/test-api.ts';
import { testCamera } from '../../../test/fixtures/ingest/test-camera.ts';
import { LiveOverlays, type SeenPicture } from './live-overlays.ts';
import { maxWaiting, OverlayQueue } from './overlay-queue.ts';

const camera: Camera = {
  ...testCamera('gate-1'),
  zones: [
    {
      id: 'left',
      polygon: [
        [0, 0],
        [0.5, 0],
        [0.5, 1],
        [0, 1],
      ],
    },
  ],
};

const frame = { cameraId: 'gate-1', ptsUs: 7_500_000, capturedAt: 1000 } as FrameRef;

const track = (facts: Partial<Track> = {}): Track => ({
  trackId: 'gate-1-k2-1',
  ...{ label: 'person', score: 0.87654321, startedAt: 0, seenAt: 0, hits: 5, isConfirmed: true },
  ...{ isSeenNow: true, stoodAtStart: false, stillMs: 0, speed: 0 },
  box: { x: 0.1, y: 0.2, w: 0.2, h: 0.5 },
  ...facts,
});

const listening = (overlays: LiveOverlays) => {
  const told: (SeenPicture | LiveTier)[] = [];
  const listener = {
    looked: (picture: SeenPicture) => told.push(picture),
    tier: (tier: LiveTier) => told.push(tier),
  };
  return { told, stop: overlays.listen('gate-1', listener, 5) };
};

test('who watches is told of confirmed tracks, with the zones that they stand in', () => {
  const overlays = new LiveOverlays();
  const { told } = listening(overlays);

  overlays.looked(frame, [track(), track({ isConfirmed: false })], camera);

  expect(told).toEqual([
    {
      ...{ ptsUs: 7_500_000, capturedAt: 1000 },
      tracks: [
        {
          ...{ id: 'k2-1', label: 'person', score: 0.8765, isSeen: true, zones: ['left'] },
          box: { x: 0.1, y: 0.2, w: 0.2, h: 0.5 },
        },
      ],
    },
  ]);
});

test('a box that reaches beyond the picture is told as far as it lies in it', () => {
  const overlays = new LiveOverlays();
  const { told } = listening(overlays);

  overlays.looked(frame, [track({ box: { x: -0.1, y: 0.8, w: 0.3, h: 0.5 } })], camera);

  expect(told[0]).toMatchObject({ tracks: [{ box: { x: 0, y: 0.8, w: 0.2, h: 0.2 } }] });
});

test('the tier is told first and when it changes; nobody is told after leaving', () => {
  const overlays = new LiveOverlays();
  overlays.tiers([cameraStatus({ tier: 'dormant' })], 1);
  const { told, stop } = listening(overlays);

  overlays.tiers([cameraStatus({ tier: 'dormant' })], 6);
  overlays.tiers([cameraStatus({ tier: 'awake' })], 7);
  stop();
  overlays.tiers([cameraStatus({ tier: 'dormant' })], 8);
  overlays.looked(frame, [track()], camera);

  expect(told).toEqual([
    { type: 'tier', version: 1, at: 5, tier: 'dormant' },
    { type: 'tier', version: 1, at: 7, tier: 'awake' },
  ]);
});

const queued = () => {
  const metrics = createMetrics();
  const written: { type: string; mediaSeconds?: number }[] = [];
  const out = {
    writableLength: 0,
    writableEnded: false,
    write: (message: Buffer) => written.push(JSON.parse(message.subarray(5).toString())) > 0,
  };
  return { metrics, out, written, queue: new OverlayQueue(out, metrics) };
};

const picture = (second: number): SeenPicture => ({
  ptsUs: second * 1e6,
  capturedAt: second * 1000,
  tracks: [],
});

test('a picture is told with its place in the stream, and none before that has begun', () => {
  const { queue, written } = queued();

  queue.looked(picture(5));
  queue.begin(4_000_000);
  queue.looked(picture(6));

  expect(written).toEqual([{ type: 'tracks', version: 1, capturedAt: 6000, mediaSeconds: 2, tracks: [] }]);
});

test('a connection that takes nothing gets the newest when it does, and the oldest are counted as dropped', async () => {
  const { queue, out, written, metrics } = queued();
  queue.begin(0);
  out.writableLength = 1024 ** 2;

  for (let second = 1; second <= maxWaiting + 3; second++) queue.looked(picture(second));
  expect(written).toEqual([]);
  out.writableLength = 0;
  queue.looked(picture(100));

  expect(written).toHaveLength(maxWaiting + 1);
  expect(written[0]?.mediaSeconds).toBe(4);
  expect(await metrics.text()).toContain('xueliang_live_overlays_dropped_total 3');
});
