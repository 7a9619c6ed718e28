import type { LineCountSeries } from '../../../../api/schema/line-counts.ts';

type Item = LineCountSeries['items'][number];

export interface LineRow {
  key: string;
  cameraId: string;
  lineId: string;
  label: Item['label'];
  forward: number;
  backward: number;
}

/** All lines together, by step: forward, backward. */
export const toLinePoints = (items: readonly Item[]): { at: number; counts: number[] }[] => {
  const points = new Map<number, { at: number; counts: [number, number] }>();
  for (const { at, direction, count } of items) {
    const point = points.get(at) ?? { at, counts: [0, 0] };
    points.set(at, point);
    point.counts[direction === 'forward' ? 0 : 1] += count;
  }
  return [...points.values()].sort((a, b) => a.at - b.at);
};

/** All steps together, by line and label; the most crossings first. */
export const toLineRows = (items: readonly Item[]): LineRow[] => {
  const rows = new Map<string, LineRow>();
  for (const { cameraId, lineId, label, direction, count } of items) {
    const key = `${cameraId} ${lineId} ${label}`;
    const row = rows.get(key) ?? { key, cameraId, lineId, label, forward: 0, backward: 0 };
    rows.set(key, row);
    row[direction] += count;
  }
  return [...rows.values()].sort(
    (a, b) => b.forward + b.backward - a.forward - a.backward || (a.key < b.key ? -1 : 1),
  );
};
