import type { FalseAlarms } from '../../../../api/schema/statistics-views.ts';

type Item = FalseAlarms['items'][number];

export interface FalseAlarmRow {
  key: string;
  raised: number;
  judged: number;
  falseAlarms: number;
  /** The most frequent first. */
  reasons: { reason: string; count: number }[];
}

/** Pairs of scenario and camera, added up by one of the two; the most false alarms first. */
export const toFalseAlarmRows = (items: readonly Item[], keyOf: (item: Item) => string): FalseAlarmRow[] => {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  const rows = [...groups].map(([key, group]) => ({
    key,
    raised: sum(group.map(({ raised }) => raised)),
    judged: sum(group.map(({ judged }) => judged)),
    falseAlarms: sum(group.map(({ falseAlarms }) => falseAlarms)),
    reasons: toReasons(group.flatMap(({ reasons }) => reasons)),
  }));
  return rows.sort(
    (a, b) => b.falseAlarms - a.falseAlarms || b.raised - a.raised || (a.key < b.key ? -1 : 1),
  );
};

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);

const toReasons = (given: Item['reasons']): Item['reasons'] => {
  const counts = new Map<string, number>();
  for (const { reason, count } of given) counts.set(reason, (counts.get(reason) ?? 0) + count);
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
};
