import { expect, test } from 'vitest';
import type { Spot } from '../spots/spots.ts';
import { Clusters, countOf } from './clusters.ts';
import { toPixels } from './frame.ts';

const camera = (index: number, facts: Partial<Spot> = {}): Spot => ({
  ...{ kind: 'camera', id: `c-${index}`, name: `机 ${index}`, place: '431103110201' },
  ...{
    at: [111.6 + (index % 10) * 0.0003, 26.3 + Math.floor(index / 10) * 0.0003],
    condition: 'dormant',
    alerts: 0,
  },
  ...facts,
});
const hundred = Array.from({ length: 100 }, (_, index) => camera(index));
const china = [73, 18, 135, 54] as [number, number, number, number];

test('from far away a village is one cluster that says how its cameras do and what is urgent', () => {
  const spots = hundred.map((spot, index) => {
    if (index < 3) return { ...spot, condition: 'dead' as const };
    return index === 50 ? { ...spot, alerts: 4, severity: 'high' as const } : spot;
  });
  const [only, ...others] = new Clusters(spots).within(china, 8);

  expect(others).toEqual([]);
  if (!only || !('cluster' in only)) throw new Error('no cluster');
  expect(only.cluster).toMatchObject({ count: 100, alerts: 4, rank: 1 });
  expect([countOf(only.cluster, 'dead'), countOf(only.cluster, 'dormant')]).toEqual([3, 97]);
});

test('nothing is lost between clusters and what stands by itself, at any zoom', () => {
  const clusters = new Clusters(hundred);
  for (let zoom = 3; zoom <= 19; zoom++) {
    const total = clusters
      .within(china, zoom)
      .reduce((sum, drawn) => sum + ('cluster' in drawn ? drawn.cluster.count : 1), 0);
    expect(total, `zoom ${zoom}`).toBe(100);
  }
});

test('near by every camera stands by itself, and a cluster says from which zoom on it does not hold together', () => {
  const clusters = new Clusters(hundred);
  expect(clusters.within(china, 18).every((drawn) => 'spot' in drawn)).toBe(true);

  const [only] = clusters.within(china, 8);
  if (!only || !('cluster' in only)) throw new Error('no cluster');
  expect(clusters.within(china, clusters.zoomInto(only.cluster)).length).toBeGreaterThan(1);
});

test('what has no location is not drawn', () => {
  const { at: _, ...nowhere } = camera(1);
  expect(new Clusters([nowhere]).within(china, 18)).toEqual([]);
});

test('positions lie where Web Mercator has them', () => {
  const toPixel = toPixels(1, 0, 0);

  expect(toPixel([0, 0])).toEqual([256, 256]);
  expect(toPixel([180, 0])[0]).toBe(512);
  // The square ends at 85.0511 degrees north.
  expect(toPixel([0, 85.05112878])[1]).toBeCloseTo(0, 4);
});
