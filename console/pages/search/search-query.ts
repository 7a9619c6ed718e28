/** What is looked for. Times in milliseconds since 1970; lists that are empty leave everything in. */
export interface SearchQuery {
  /** A span that ends now and moves with it; absent when `from` and `to` are said. */
  days?: number | undefined;
  from?: number | undefined;
  to?: number | undefined;
  place?: string | undefined;
  camera?: string | undefined;
  kind: readonly string[];
  severity: readonly string[];
  state: readonly string[];
}

export const spans = [1, 7, 30, 90, 365] as const;
export const usualQuery: SearchQuery = { days: 7, kind: [], severity: [], state: [] };

const dayMs = 86_400_000;

/** From when to when, in milliseconds since 1970. */
export const spanOf = ({ days, from, to }: SearchQuery, now: number): { from: number; to: number } =>
  days === undefined
    ? { from: from ?? now - 7 * dayMs, to: to ?? now }
    : { from: now - days * dayMs, to: now };

/** How finely a span is counted: some dozens of bars, never hundreds. */
export const stepOf = ({ from, to }: { from: number; to: number }): 'hour' | 'day' | 'month' => {
  if (to - from <= 3 * dayMs) return 'hour';
  return to - from <= 95 * dayMs ? 'day' : 'month';
};

/** The query as the API takes it. */
export const toApiQuery = (query: SearchQuery, now: number) => ({
  ...spanOf(query, now),
  ...(query.place ? { place: query.place } : {}),
  ...(query.camera ? { camera: query.camera } : {}),
  kind: query.kind,
  severity: query.severity,
  state: query.state,
});

const lists = ['kind', 'severity', 'state'] as const;
const numbers = ['days', 'from', 'to'] as const;
const texts = ['place', 'camera'] as const;

/** The query as the address bar carries it. */
export const toSearch = (query: SearchQuery): string => {
  const search = new URLSearchParams();
  for (const key of numbers) if (query[key] !== undefined) search.set(key, String(query[key]));
  for (const key of texts) if (query[key]) search.set(key, query[key]);
  for (const key of lists) if (query[key].length > 0) search.set(key, query[key].join(','));
  return `?${search}`;
};

/** What an address asks for; whatever in it is none of ours is left out. */
export const fromSearch = (search: string): SearchQuery => {
  const params = new URLSearchParams(search);
  const number = (key: string): number | undefined => {
    const value = Number(params.get(key) ?? Number.NaN);
    return Number.isSafeInteger(value) && value > 0 ? value : undefined;
  };
  const text = (key: string, pattern: RegExp): string | undefined => {
    const value = params.get(key) ?? '';
    return pattern.test(value) ? value : undefined;
  };
  const list = (key: string): string[] =>
    (params.get(key) ?? '').split(',').filter((one) => /^[a-zA-Z]{1,32}$/.test(one));
  const [days, from, to] = [number('days'), number('from'), number('to')];
  const isExact = from !== undefined && to !== undefined && from < to;
  return {
    ...(isExact ? { from, to } : { days: days ?? usualQuery.days }),
    place: text('place', /^\d{2,12}$/),
    camera: text('camera', /^[a-z0-9][a-z0-9-]{0,62}$/),
    kind: list('kind'),
    severity: list('severity'),
    state: list('state'),
  };
};

/** A list with one more, or without it when it is there. */
export const toggled = (list: readonly string[], one: string): string[] =>
  list.includes(one) ? list.filter((other) => other !== one) : [...list, one];
