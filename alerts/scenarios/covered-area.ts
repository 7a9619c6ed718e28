import type { Box } from '../../core/schema/geometry.ts';

/** Of more boxes than this only the largest count: what is left out could not change the area by much. */
const maxBoxes = 24;

/** What boxes cover together, as a share of the picture when they lie in it; what several cover counts once. */
export const coveredArea = (boxes: readonly Box[]): number => {
  const largest = [...boxes].sort((a, b) => b.w * b.h - a.w * a.h).slice(0, maxBoxes);
  const edges = [...new Set(largest.flatMap(({ x, w }) => [x, x + w]))].sort((a, b) => a - b);
  return edges.reduce((area, left, index) => {
    const right = edges[index + 1] ?? left;
    const across = largest.filter(({ x, w }) => x <= left && x + w >= right);
    return area + (right - left) * coveredHeight(across);
  }, 0);
};

/** What boxes cover of a vertical line through all of them. */
const coveredHeight = (boxes: readonly Box[]): number => {
  let height = 0;
  let reached = Number.NEGATIVE_INFINITY;
  for (const { y, h } of [...boxes].sort((a, b) => a.y - b.y)) {
    height += Math.max(0, y + h - Math.max(y, reached));
    reached = Math.max(reached, y + h);
  }
  return height;
};
