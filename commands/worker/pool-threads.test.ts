import { expect, test } from 'vitest';
import { ffmpegCamerasOf, poolThreadsOf } from './pool-threads.ts';

const cameras = (udp: number, tcp: number) =>
  Array.from({ length: udp + tcp }, (_, index) => ({
    stream: { url: 'rtsp://127.0.0.1/a', ...(index < udp ? { transport: 'udp' as const } : {}) },
  }));

test.each([
  ['those on UDP and some that turn out to be odd', {}, cameras(3, 60), 19],
  ['no more than a worker holds', {}, cameras(300, 0), 128],
  ['as many as the site says', { ffmpegCameras: 0 }, cameras(3, 0), 0],
])('a worker may have FFmpeg read %s', (_, site, listed, expected) => {
  const size = poolThreadsOf({ site, cameras: listed });

  expect(ffmpegCamerasOf({ UV_THREADPOOL_SIZE: String(size) })).toBe(expected);
});

test('a process that was started without a larger pool has FFmpeg read no camera', () => {
  expect(ffmpegCamerasOf({})).toBe(0);
});
