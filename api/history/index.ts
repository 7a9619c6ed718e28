export type {
  AlertPage,
  AlertQuery,
  History,
  HistoryStatus,
  LineCountQuery,
  LineCountSum,
  ObservationQuery,
  TrackCount,
  TrackCountBucket,
  TrackCountKey,
  TrackCountQuery,
} from './history.ts';
export { trackCountBuckets, trackCountKeys } from './history.ts';
export { type HistoryOptions, openHistory } from './open-history.ts';
export { type HistoryWriterOptions, runHistoryWriter } from './run-history-writer.ts';
