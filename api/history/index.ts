export type {
  AlertPage,
  AlertQuery,
  AuditPage,
  AuditQuery,
  History,
  HistoryNormals,
  HistoryStatus,
  IncidentPage,
  IncidentQuery,
  LineCountQuery,
  LineCountSum,
  NormalsQuery,
  ObservationQuery,
  TrackCount,
  TrackCountBucket,
  TrackCountKey,
  TrackCountQuery,
  WatchedMinutes,
} from './history.ts';
export { trackCountBuckets, trackCountKeys } from './history.ts';
export { type HistoryOptions, openHistory } from './open-history.ts';
export { type HistoryWriterOptions, runHistoryWriter } from './run-history-writer.ts';
export {
  type AlertCount,
  type AlertCountQuery,
  alertCountKeys,
  alertCountSteps,
  type FalseAlarmShare,
  type HistoryStatistics,
  placeLevels,
  type ResponseQuery,
  type ResponseTime,
  responseSteps,
  type StatisticsSpan,
  type WatchedQuery,
  type WatchedSum,
} from './statistics.ts';
