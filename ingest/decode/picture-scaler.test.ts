import { expect, test } from 'vitest';
import { contentSizeOf, lumaSizeOf } from './picture-scaler.ts';

test.each([
  [
    { width: 1920, height: 1080 },
    { width: 416, height: 234 },
  ],
  [
    { width: 640, height: 480 },
    { width: 416, height: 312 },
  ],
  [
    { width: 480, height: 640 },
    { width: 312, height: 416 },
  ],
  [
    { width: 100, height: 100 },
    { width: 416, height: 416 },
  ],
  [
    { width: 4000, height: 2 },
    { width: 416, height: 1 },
  ],
])('fits %o into a square as %o', (picture, size) => {
  expect(contentSizeOf(picture, { width: 416, height: 416, fit: 'letterbox' })).toEqual(size);
});

test('never exceeds the slot, whatever the aspect', () => {
  const spec = { width: 640, height: 384, fit: 'letterbox' } as const;
  for (let width = 1; width < 2000; width += 37) {
    for (let height = 1; height < 2000; height += 41) {
      const size = contentSizeOf({ width, height }, spec);
      expect(size.width >= 1 && size.width <= 640, `${width}x${height}`).toBe(true);
      expect(size.height >= 1 && size.height <= 384, `${width}x${height}`).toBe(true);
    }
  }
});

test('fills all of the slot when stretching', () => {
  const spec = { width: 352, height: 352, fit: 'stretch' } as const;

  expect(contentSizeOf({ width: 1920, height: 1080 }, spec)).toEqual({ width: 352, height: 352 });
});

test.each([
  [
    { width: 640, height: 480 },
    { width: 134, height: 101 },
  ],
  [
    { width: 1920, height: 1080 },
    { width: 134, height: 75 },
  ],
  [
    { width: 100, height: 2000 },
    { width: 134, height: 268 },
  ],
])('shows the gate %o as %o', (picture, size) => {
  expect(lumaSizeOf(picture)).toEqual(size);
});
