import type { LonLat } from './shift.ts';

const turn = (o: LonLat, a: LonLat, b: LonLat): number =>
  (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);

const half = (points: readonly LonLat[]): LonLat[] => {
  const chain: LonLat[] = [];
  for (const point of points) {
    for (;;) {
      const [before, last] = chain.slice(-2);
      if (!before || !last || turn(before, last, point) > 0) break;
      chain.pop();
    }
    chain.push(point);
  }
  return chain.slice(0, -1);
};

/** The smallest convex outline around points (Andrew's monotone chain), counter-clockwise; of one or two points, those. */
export const hullOf = (points: readonly LonLat[]): LonLat[] => {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const distinct = sorted.filter(
    ([x, y], index) => index === 0 || x !== sorted[index - 1]?.[0] || y !== sorted[index - 1]?.[1],
  );
  if (distinct.length < 3) return distinct;
  return [...half(distinct), ...half([...distinct].reverse())];
};
