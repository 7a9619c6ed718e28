export interface HeatRow {
  key: string;
  /** One count an hour of the day. */
  hours: number[];
  total: number;
}

const hoursOfDay = 24;

/** Rows of counts by hour, the most first, and their sums. */
export const toHeatRows = (
  items: readonly { key: string; hour: number; count: number }[],
): { rows: HeatRow[]; sums: HeatRow; max: number } => {
  const rows = new Map<string, HeatRow>();
  const sums: HeatRow = { key: '', hours: new Array<number>(hoursOfDay).fill(0), total: 0 };
  for (const { key, hour, count } of items) {
    const row = rows.get(key) ?? { key, hours: new Array<number>(hoursOfDay).fill(0), total: 0 };
    rows.set(key, row);
    for (const one of [row, sums]) {
      one.hours[hour] = (one.hours[hour] ?? 0) + count;
      one.total += count;
    }
  }
  const sorted = [...rows.values()].sort((a, b) => b.total - a.total || (a.key < b.key ? -1 : 1));
  return { rows: sorted, sums, max: Math.max(0, ...sorted.flatMap(({ hours }) => hours)) };
};

/** How warm a cell is: 0 for nothing, then 1 to 5 by its share of the warmest. */
export const heatOf = (count: number, max: number): number =>
  count === 0 || max === 0 ? 0 : Math.max(1, Math.ceil((count / max) * 5));
