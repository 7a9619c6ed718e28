import type { Label } from '../../core/schema/label.ts';
import type { ScenarioKind } from '../../core/schema/scenario.ts';
import type { Severity } from '../../core/schema/severity.ts';

/** Of what alerts statistics are made, by when they were raised. */
export interface StatisticsSpan {
  placePrefix: string;
  from: number;
  to: number;
  kinds: readonly ScenarioKind[];
  severities: readonly Severity[];
  /** At most this many rows. */
  limit: number;
}

export const placeLevels = ['township', 'village'] as const;
/** By townships, or by villages; what stands in a township itself is a row of its own then. */
export type PlaceLevel = (typeof placeLevels)[number];

export const responseSteps = ['acknowledged', 'dispatched', 'onScene', 'resolved'] as const;
export type ResponseStep = (typeof responseSteps)[number];

/** When steps are late for alerts of a subtree; without severities: for all of them. */
export interface ResponseRule {
  place: string;
  severities: readonly Severity[];
  deadlinesMs: Readonly<Record<ResponseStep, number>>;
}

export interface ResponseQuery extends StatisticsSpan {
  level: PlaceLevel;
  /** After how long each step is late, from when the alert was raised; 0 for a step that has no deadline. */
  deadlinesMs: Readonly<Record<ResponseStep, number>>;
  /** Deadlines of some alerts instead, the first that fits counting; nothing is due where none does. */
  rules?: readonly ResponseRule[];
  /** Deadlines up to this instant are over. */
  now: number;
}

/** How long a step took in one place. Nobody's name is in it. */
export interface ResponseTime {
  place: string;
  step: ResponseStep;
  raised: number;
  /** Alerts that were brought to it. */
  reached: number;
  /** From when the alert was raised; undefined when none was brought to it. */
  medianMs?: number;
  p95Ms?: number;
  /** From the step before that the alert went through. */
  stepMedianMs?: number;
  stepP95Ms?: number;
  /** Alerts whose deadline counts: it is kept, missed, or over without the step. */
  due: number;
  inTime: number;
}

export interface FalseAlarmShare {
  scenarioId: string;
  cameraId: string;
  raised: number;
  /** Alerts that somebody judged: resolved, false, or a duplicate. */
  judged: number;
  falseAlarms: number;
  /** How often each reason was given. */
  reasons: { reason: string; count: number }[];
}

export const alertCountKeys = [
  'all',
  'kind',
  'severity',
  'scenario',
  'township',
  'village',
  'camera',
] as const;
export type AlertCountKey = (typeof alertCountKeys)[number];
export interface HourCountQuery extends StatisticsSpan {
  by: AlertCountKey;
  timezone: string;
}

export interface HourCount {
  key: string;
  /** Of the day, from 0 to 23. */
  hour: number;
  count: number;
}

/** Whose tracks of what are counted, by when they began. */
export interface QuarterCountQuery {
  cameraId: string;
  label: Label;
  from: number;
  to: number;
  limit: number;
}

export interface QuarterCount {
  /** Begin of the quarter of an hour. */
  at: number;
  /** Of its fifteen, those in which the camera was looked at. */
  minutes: number;
  count: number;
}

export const seriesSteps = ['hour', 'day', 'month'] as const;
export type SeriesStep = (typeof seriesSteps)[number];

export interface SeriesQuery extends StatisticsSpan {
  per: AlertCountKey;
  by: SeriesStep;
  timezone: string;
}

/** What became of the alerts that were raised in one step of time. */
export interface SeriesPoint {
  key: string;
  /** Begin of the step. */
  at: number;
  raised: number;
  /** Resolved, false or a duplicate, by the last verdict. */
  judged: number;
  falseAlarms: number;
  /** Alerts of which somebody took a first step, and how long that took; undefined when nobody did. */
  answered: number;
  answerMedianMs?: number;
  resolved: number;
  resolveMedianMs?: number;
}

export interface WatchedQuery {
  cameraIds: readonly string[];
  /** Quarters that began at or after, and before. */
  from: number;
  to: number;
}

export interface WatchedSum {
  /** Begin of the first quarter that the history has of any camera; undefined: of none. */
  since?: number;
  cameras: { cameraId: string; minutes: number }[];
}

/** What the history reckons up. */
export interface HistoryStatistics {
  responseTimes(query: ResponseQuery): Promise<ResponseTime[]>;
  /** The most false alarms first. */
  falseAlarms(query: StatisticsSpan): Promise<FalseAlarmShare[]>;
  /** Steps in which nothing was raised are left out. Earliest first. */
  series(query: SeriesQuery): Promise<SeriesPoint[]>;
  /** Hours of the day in which nothing was raised are left out. */
  hourCounts(query: HourCountQuery): Promise<HourCount[]>;
  /** Quarters in which the camera was not looked at are left out. Earliest first. */
  quarterCounts(query: QuarterCountQuery): Promise<QuarterCount[]>;
  /** In how many minutes cameras were looked at; those that never were are left out. */
  watchedSums(query: WatchedQuery): Promise<WatchedSum>;
}
