export const spanKinds = ['month', 'quarter', 'year'] as const;
export type SpanKind = (typeof spanKinds)[number];

const monthsOf = { month: 1, quarter: 3, year: 12 } as const;
/** As many as a list is read at a glance. */
const offered = { month: 24, quarter: 8, year: 5 } as const;

/** The spans of a kind that end with the one in which a day lies, the newest first: `2026-11`, `2026-Q4`, `2026`. */
export const spansOf = (kind: SpanKind, today: string): string[] => {
  const [year = 2026, month = 1] = today.split('-').map(Number);
  const newest = Math.floor((year * 12 + month - 1) / monthsOf[kind]);
  return Array.from({ length: offered[kind] }, (_, back) => toName(kind, newest - back));
};

const toName = (kind: SpanKind, number: number): string => {
  if (kind === 'year') return String(number);
  const perYear = 12 / monthsOf[kind];
  const [year, part] = [Math.floor(number / perYear), (number % perYear) + 1];
  return kind === 'quarter' ? `${year}-Q${part}` : `${year}-${String(part).padStart(2, '0')}`;
};
