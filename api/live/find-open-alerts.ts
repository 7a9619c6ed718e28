import type { AlertState } from '../../core/schema/alert.ts';
import type { ScenarioKind } from '../../core/schema/scenario.ts';
import type { Severity } from '../../core/schema/severity.ts';
import { isWithin } from '../auth/principal.ts';
import type { OpenAlert } from './open-alert.ts';
import { firstDealtWith, type SortedAlerts } from './sorted-alerts.ts';

/** What somebody looks for among the open alerts. Lists are alternatives; what is left out is any. */
export interface OpenAlertSearch {
  /** Undefined: nothing that they may see. */
  ground: string | undefined;
  scenario?: readonly string[];
  kind?: readonly ScenarioKind[];
  severity?: readonly Severity[];
  /** Left out: those that somebody still has to deal with. */
  state?: readonly AlertState[];
  camera?: readonly string[];
  overdue?: boolean;
  /** The page begins behind this `orderKey`; empty at the first. */
  after: string;
  limit: number;
}

export interface FoundOpenAlerts {
  page: readonly OpenAlert[];
  /** On all pages. */
  total: number;
  hasMore: boolean;
}

/** One page, in order of urgency. Looks once at each entry, and only at what is asked for. */
export const findOpenAlerts = (
  sorted: SortedAlerts,
  search: OpenAlertSearch,
  now: number,
): FoundOpenAlerts => {
  const { ground, after, limit } = search;
  if (ground === undefined) return { page: [], total: 0, hasMore: false };
  const all = sorted.all;
  const end = search.state === undefined ? sorted.indexAfter(firstDealtWith) : all.length;
  const from = sorted.indexAfter(after);
  const tests = toTests(search, now);
  const page: OpenAlert[] = [];
  let total = 0;
  let rest = 0;
  for (let index = 0; index < end; index++) {
    const entry = all[index];
    if (!entry || !isWithin(entry.place, ground) || !fits(entry, tests)) continue;
    total += 1;
    if (index < from) continue;
    rest += 1;
    if (page.length < limit) page.push(entry);
  }
  return { page, total, hasMore: rest > page.length };
};

type Test = (entry: OpenAlert) => boolean;

const fits = (entry: OpenAlert, tests: readonly Test[]): boolean => {
  for (const test of tests) if (!test(entry)) return false;
  return true;
};

const toTests = (
  { scenario, kind, severity, state, camera, overdue }: OpenAlertSearch,
  now: number,
): readonly Test[] => [
  ...oneOf(scenario, ({ alert }) => alert.scenarioId),
  ...oneOf(kind, ({ alert }) => alert.kind),
  ...oneOf(severity, ({ alert }) => alert.severity),
  ...oneOf(state, ({ alert }) => alert.state),
  ...oneOf(camera, ({ alert }) => alert.cameraId),
  ...(overdue === undefined
    ? []
    : [({ dueAt }: OpenAlert) => overdue === (dueAt !== undefined && dueAt < now)]),
];

const oneOf = (values: readonly string[] | undefined, of: (entry: OpenAlert) => string): readonly Test[] => {
  if (values === undefined) return [];
  const wanted = new Set(values);
  return [(entry) => wanted.has(of(entry))];
};
