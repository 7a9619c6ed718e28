import { expect, test } from 'vitest';
import { toControlUrl } from './control-url.ts';

const pinned = 'rtsp://10.1.2.3:8554/live?channel=1';

test.each([
  [undefined, 'rtsp://10.1.2.3:8554/live', 'rtsp://10.1.2.3:8554/live'],
  ['*', 'rtsp://10.1.2.3:8554/live/', 'rtsp://10.1.2.3:8554/live/'],
  ['trackID=1', 'rtsp://10.1.2.3:8554/live', 'rtsp://10.1.2.3:8554/live/trackID=1'],
  ['trackID=1', 'rtsp://10.1.2.3:8554/live/', 'rtsp://10.1.2.3:8554/live/trackID=1'],
  ['trackID=1', pinned, 'rtsp://10.1.2.3:8554/live?channel=1/trackID=1'],
  ['rtsp://10.1.2.3:8554/a/b', pinned, 'rtsp://10.1.2.3:8554/a/b'],
  ['rtsp://192.168.1.64/a/b?c', pinned, 'rtsp://10.1.2.3:8554/a/b?c'],
  ['RTSPS://user:x@elsewhere:1/a', pinned, 'rtsp://10.1.2.3:8554/a'],
  ['http://elsewhere', pinned, 'rtsp://10.1.2.3:8554'],
  ['//elsewhere/a', pinned, 'rtsp://10.1.2.3:8554/live?channel=1//elsewhere/a'],
])('takes %j seen from %s to %s', (control, base, url) => {
  expect(toControlUrl(control, base, pinned)).toBe(url);
});

test.each(['a b', 'a\nTEARDOWN', 'é', 'x'.repeat(3000)])('refuses %j', (control) => {
  expect(() => toControlUrl(control, pinned, pinned)).toThrow(
    expect.objectContaining({ code: 'stream-unusual' }),
  );
});
