import type { Static } from 'typebox';
import type { Camera } from '../../core/schema/camera.ts';
import { quarterMs } from '../../core/schema/normals.ts';
import type { HistoryStatistics, ResponseRule } from '../history/index.ts';
import type { ReportPart, StatisticsReport } from '../schema/report-view.ts';
import type { ReportSpan } from './report-span.ts';

type Part = Static<typeof ReportPart>;

export interface ReportSources {
  statistics: HistoryStatistics;
  cameras: readonly Camera[];
  placePrefix: string;
  timezone: string;
  rules: readonly ResponseRule[];
  now: number;
}

const maxRows = 10_000;
/** Watched minutes reach the history every five minutes. */
const settleMs = 5 * 60_000;

/** One span of one township: what was raised, how it was answered, what was false, how long cameras were watched. */
export const toPart = async (sources: ReportSources, { from, to }: ReportSpan): Promise<Part> => {
  const { statistics, placePrefix, rules, now } = sources;
  const asked = { ...{ from, to, placePrefix, kinds: [], severities: [] }, limit: maxRows };
  const nothing = { acknowledged: 0, dispatched: 0, onScene: 0, resolved: 0 };
  const rows = await statistics.responseTimes({
    ...asked,
    level: 'township',
    deadlinesMs: nothing,
    rules,
    now,
  });
  const alarms = await statistics.falseAlarms(asked);
  const watched = await availabilityOf(sources, { from, to });
  const sum = (items: readonly { raised: number; judged: number; falseAlarms: number }[]) => ({
    raised: items.reduce((total, one) => total + one.raised, 0),
    judged: items.reduce((total, one) => total + one.judged, 0),
    falseAlarms: items.reduce((total, one) => total + one.falseAlarms, 0),
  });
  const scenarios = [...new Set(alarms.map(({ scenarioId }) => scenarioId))].sort();
  return {
    ...{ from, to, ...withShare(sum(alarms)) },
    responses: rows.map(({ place: _, ...row }) => ({
      ...row,
      ...(row.due === 0 ? {} : { share: row.inTime / row.due }),
    })),
    scenarios: scenarios.map((scenarioId) => ({
      scenarioId,
      ...withShare(sum(alarms.filter((row) => row.scenarioId === scenarioId))),
    })),
    ...(watched === undefined ? {} : { availability: watched }),
  };
};

const withShare = <Counts extends { judged: number; falseAlarms: number }>(counts: Counts) => ({
  ...counts,
  ...(counts.judged === 0 ? {} : { falseAlarmShare: counts.falseAlarms / counts.judged }),
});

/** Share of the minutes in which cameras that stand now were watched; undefined when none of it was counted. */
const availabilityOf = async (
  { statistics, cameras, now }: ReportSources,
  span: ReportSpan,
): Promise<number | undefined> => {
  const to = Math.floor(Math.min(span.to, now - settleMs) / quarterMs) * quarterMs;
  const cameraIds = cameras.map(({ id }) => id);
  if (to <= span.from || cameraIds.length === 0) return undefined;
  const sums = await statistics.watchedSums({ cameraIds, from: span.from, to });
  const minutes = (to - Math.max(span.from, sums.since ?? to)) / 60_000;
  if (minutes <= 0) return undefined;
  return sums.cameras.reduce((total, one) => total + one.minutes, 0) / (minutes * cameraIds.length);
};

/** What is more or less than in the span before; absent where one of the two is not known. */
export const toChanges = (now: Part, before: Part): StatisticsReport['changes'] => {
  const stepOf = (part: Part, name: string) => part.responses.find(({ step }) => step === name);
  const changed = {
    raised: now.raised - before.raised,
    falseAlarmShare: minus(now.falseAlarmShare, before.falseAlarmShare),
    availability: minus(now.availability, before.availability),
    acknowledgedShare: minus(stepOf(now, 'acknowledged')?.share, stepOf(before, 'acknowledged')?.share),
    acknowledgedMedianMs: minus(
      stepOf(now, 'acknowledged')?.medianMs,
      stepOf(before, 'acknowledged')?.medianMs,
    ),
    resolvedShare: minus(stepOf(now, 'resolved')?.share, stepOf(before, 'resolved')?.share),
    resolvedMedianMs: minus(stepOf(now, 'resolved')?.medianMs, stepOf(before, 'resolved')?.medianMs),
  };
  const known = Object.entries(changed).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as StatisticsReport['changes'];
};

const minus = (now: number | undefined, before: number | undefined): number | undefined =>
  now === undefined || before === undefined ? undefined : now - before;
