import { expect, test } from 'vitest';
import { fromMap, type LonLat, toMap } from './shift.ts';

/** Metres between two near positions. */
const apart = ([a, b]: LonLat, [c, d]: LonLat): number =>
  Math.hypot((a - c) * 111_320 * Math.cos((b * Math.PI) / 180), (b - d) * 110_574);

// The first pair is of the tests of evil transform / eviltransform (googollee, MIT); the second is the well-known pair of coordtransform's readme.
test.each<[LonLat, LonLat]>([
  [
    [121.5272106, 31.1774276],
    [121.531541859215, 31.17530398364597],
  ],
  [
    [116.404, 39.915],
    [116.41024449916938, 39.91640428150164],
  ],
])('%j of WGS-84 lies at %j of GCJ-02', (wgs84, gcj02) => {
  expect(apart(toMap(wgs84, 'gcj02'), gcj02)).toBeLessThan(1);
  expect(apart(fromMap(gcj02, 'gcj02'), wgs84)).toBeLessThan(1);
});

test('tiles in WGS-84 and CGCS2000 have positions as they are stored', () => {
  expect(toMap([111.6, 26.3], 'wgs84')).toEqual([111.6, 26.3]);
  expect(toMap([111.6, 26.3], 'cgcs2000')).toEqual([111.6, 26.3]);
});

test('at Caishi GCJ-02 is some hundred metres away, and comes back', () => {
  const there = toMap([111.6, 26.3], 'gcj02');

  expect(apart(there, [111.6, 26.3])).toBeGreaterThan(300);
  expect(apart(fromMap(there, 'gcj02'), [111.6, 26.3])).toBeLessThan(0.5);
});

test('outside China nothing is shifted', () => {
  expect(toMap([2.35, 48.86], 'gcj02')).toEqual([2.35, 48.86]);
});
